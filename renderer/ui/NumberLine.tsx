import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, Label, NumberField } from 'react-aria-components';
import { classes } from './class-names.ts';

type NumberLineProps = {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least: number;
  readonly most: number;
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
  /** The keyboard begins here. */
  readonly takesFocus?: boolean;
  readonly className?: string;
  readonly hasGrouping?: boolean;
};

/** A whole number with buttons for one less and one more. */
export function NumberLine(props: NumberLineProps) {
  const { label, value, onChange, least, most, isLabelHidden = false, hasGrouping = true } = props;
  return (
    <NumberField
      className={classes('field', 'number-line', props.className)}
      value={value}
      onChange={(next) => {
        if (Number.isFinite(next)) onChange(next);
      }}
      minValue={least}
      maxValue={most}
      // Every whole number can be typed: a larger step would turn 1000 into 1001, the next one counted from the least.
      step={1}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.takesFocus ?? false}
      formatOptions={{ useGrouping: hasGrouping, maximumFractionDigits: 0 }}
    >
      <Label className={isLabelHidden ? 'only-read-out' : 'field-label'}>{label}</Label>
      <Group className="number-group">
        <Input className="input" />
        <Button slot="decrement" className="number-step">
          <Minus size={14} />
        </Button>
        <Button slot="increment" className="number-step">
          <Plus size={14} />
        </Button>
      </Group>
    </NumberField>
  );
}
