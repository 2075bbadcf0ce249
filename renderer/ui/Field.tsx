import type { ReactNode } from 'react';
import {
  Text as AriaText,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  TextArea,
  type TextFieldProps,
} from 'react-aria-components';
import { classes } from './class-names.ts';

type FieldProps = Omit<TextFieldProps, 'className' | 'children'> & {
  readonly label: string;
  /** A sentence under the field. */
  readonly note?: ReactNode;
  /** What is wrong with what was typed; null where nothing is. */
  readonly problem?: string | null;
  readonly placeholder?: string;
  readonly className?: string;
  readonly rows?: number;
};

/** A line to type into, with its label above and what is wrong below. */
export function Field({ label, note, problem = null, placeholder, className, rows, ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={problem !== null} className={classes('field', className)}>
      <Label className="field-label">{label}</Label>
      {rows === undefined ? (
        <Input className="input" placeholder={placeholder ?? ''} />
      ) : (
        <TextArea className="input" rows={rows} placeholder={placeholder ?? ''} />
      )}
      {note !== undefined && (
        <AriaText slot="description" className="field-note">
          {note}
        </AriaText>
      )}
      {problem !== null && <FieldError className="field-problem">{problem}</FieldError>}
    </AriaTextField>
  );
}
