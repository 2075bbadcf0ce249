import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  RadioGroup as AriaRadioGroup,
  Switch as AriaSwitch,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  Select,
  SelectValue,
} from 'react-aria-components';
import { classes } from './class-names.ts';

type TickProps = {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
  readonly note?: ReactNode;
  readonly isDisabled?: boolean;
};

/** A box to tick. */
export function Tick({ isOn, onChange, children, note, isDisabled = false }: TickProps) {
  return (
    <AriaCheckbox className="tick" isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className="tick-box" aria-hidden="true">
        <Check size={13} strokeWidth={3} />
      </span>
      <span className="tick-text">
        {children}
        {note !== undefined && <span className="choice-note">{note}</span>}
      </span>
    </AriaCheckbox>
  );
}

/** A switch that takes effect at once. */
export function Toggle({ isOn, onChange, children, note, isDisabled = false }: TickProps) {
  return (
    <AriaSwitch className="toggle" isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <span className="toggle-text">
        {children}
        {note !== undefined && <span className="choice-note">{note}</span>}
      </span>
      <span className="toggle-track" aria-hidden="true">
        <span className="toggle-knob" />
      </span>
    </AriaSwitch>
  );
}

/** One of several choices. */
export type Option<Key extends string> = {
  readonly key: Key;
  readonly label: string;
  readonly note?: ReactNode;
  readonly extra?: ReactNode;
};

type ChoiceProps<Key extends string> = {
  readonly label: string;
  readonly value: Key;
  readonly onChange: (key: Key) => void;
  readonly options: readonly Option<Key>[];
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
  /** The keyboard begins here. */
  readonly takesFocus?: boolean;
  readonly className?: string;
};

/** Choices that are all in sight, one of which holds. */
export function Radios<Key extends string>(props: ChoiceProps<Key>) {
  return (
    <AriaRadioGroup
      className={classes('radios', props.className)}
      value={props.value}
      onChange={(key) => props.onChange(key as Key)}
      isDisabled={props.isDisabled ?? false}
    >
      <Label className={props.isLabelHidden === true ? 'only-read-out' : 'field-label'}>{props.label}</Label>
      {props.options.map((option) => (
        <div key={option.key} className="radio-line">
          <Radio
            value={option.key}
            className="radio"
            autoFocus={props.takesFocus === true && option.key === props.value}
          >
            <span className="radio-dot" aria-hidden="true" />
            <span className="tick-text">
              {option.label}
              {option.note !== undefined && <span className="choice-note">{option.note}</span>}
            </span>
          </Radio>
          {option.extra}
        </div>
      ))}
    </AriaRadioGroup>
  );
}

/** Choices in a list that opens. */
export function Picker<Key extends string>(props: ChoiceProps<Key>) {
  return (
    <Select
      className={classes('field', 'picker', props.className)}
      value={props.value}
      onChange={(key) => props.onChange(String(key) as Key)}
      isDisabled={props.isDisabled ?? false}
    >
      <Label className={props.isLabelHidden === true ? 'only-read-out' : 'field-label'}>{props.label}</Label>
      <Button className="input picker-button">
        <SelectValue />
        <ChevronDown size={15} aria-hidden="true" />
      </Button>
      <Popover className="popover popover-of-field">
        <ListBox className="menu">
          {props.options.map((option) => (
            <ListBoxItem key={option.key} id={option.key} textValue={option.label} className="menu-item">
              <span className="menu-text">{option.label}</span>
              <Check className="menu-check" size={15} aria-hidden="true" />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
