import { Plus, X } from 'lucide-react';
import type { RuleCondition } from '../../shared/rule.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Picker } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { conditionOptions, newCondition } from './rule-text.ts';

/** Bytes of a kilobyte, as sizes are shown. */
const kilobyte = 1000;

type RuleConditionsProps = {
  readonly conditions: readonly RuleCondition[];
  readonly onChange: (conditions: readonly RuleCondition[]) => void;
};

/** What a message has to be for a rule to hold, one line each; all of them have to be true. */
export function RuleConditions({ conditions, onChange }: RuleConditionsProps) {
  const t = useTexts();
  const set = (at: number, condition: RuleCondition) => onChange(conditions.with(at, condition));
  return (
    <>
      <h3 className="rule-part">{t('rule.conditions')}</h3>
      {conditions.map((condition, at) => (
        // A condition has no name of its own; its place is what tells it apart.
        <div key={`condition ${String(at)}`} className="rule-line">
          <Picker
            label={t('rule.condition')}
            isLabelHidden
            value={condition.kind}
            onChange={(kind) => set(at, newCondition(kind))}
            options={conditionOptions(t)}
          />
          <ConditionFields condition={condition} onChange={(next) => set(at, next)} />
          <IconButton
            label={t('rule.remove-condition')}
            icon={<X size={16} />}
            isDisabled={conditions.length === 1}
            onPress={() => onChange(conditions.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button
        look="quiet"
        className="start"
        icon={<Plus size={15} />}
        onPress={() => onChange([...conditions, newCondition('subject')])}
      >
        {t('rule.add-condition')}
      </Button>
    </>
  );
}

type ConditionFieldsProps = {
  readonly condition: RuleCondition;
  readonly onChange: (condition: RuleCondition) => void;
};

/** What the kind of a condition asks for: a size, or a text and where it is looked for. */
function ConditionFields({ condition, onChange }: ConditionFieldsProps) {
  const t = useTexts();
  if (!('contains' in condition))
    return (
      <NumberLine
        label={t('rule.kilobytes')}
        value={Math.round(condition.bytes / kilobyte)}
        onChange={(value) => onChange({ ...condition, bytes: value * kilobyte })}
        least={1}
        most={10_000_000}
      />
    );
  return (
    <>
      {condition.kind === 'header' && (
        <Field
          label={t('rule.header-name')}
          value={condition.name}
          onChange={(name) => onChange({ ...condition, name })}
        />
      )}
      <Field
        className="grows"
        label={t('rule.contains')}
        value={condition.contains}
        onChange={(contains) => onChange({ ...condition, contains })}
      />
    </>
  );
}
