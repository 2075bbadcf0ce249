import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classes } from './class-names.ts';
import { Hint } from './Hint.tsx';

/** How much a button asks to be pressed. */
export type ButtonLook = 'primary' | 'normal' | 'quiet' | 'danger';

type ButtonProps = Omit<AriaButtonProps, 'className' | 'children'> & {
  readonly look?: ButtonLook;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
  /** The one thing to do on a page that has room. */
  readonly isLarge?: boolean;
};

/** A button with a text, and a picture before them where it helps. */
export function Button(props: ButtonProps) {
  const { look = 'normal', icon, children, className, isLarge = false, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      className={classes('button', `button-${look}`, isLarge && 'button-large', className)}
    >
      {icon}
      <span className="button-text">{children}</span>
    </AriaButton>
  );
}

type IconButtonProps = Omit<ButtonProps, 'aria-label' | 'children' | 'isLarge'> & {
  /** What it does; read out, and shown when the pointer rests. */
  readonly label: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly isPressed?: boolean;
  /** The label is shown beside the picture where there is room. */
  readonly hasLabel?: boolean;
};

/** A button that is a picture; its label is shown when the pointer rests on it. */
export function IconButton(props: IconButtonProps) {
  const { label, shortcut, look = 'quiet', icon, className, isPressed, hasLabel = false, ...rest } = props;
  return (
    <Hint label={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton
        {...rest}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        aria-label={label}
        className={classes('button', 'icon-button', `button-${look}`, isPressed && 'is-pressed', className)}
      >
        {icon}
        {hasLabel && <span className="button-text">{label}</span>}
      </AriaButton>
    </Hint>
  );
}
