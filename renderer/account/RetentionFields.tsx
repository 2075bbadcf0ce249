import type { RetentionPolicy } from '../../shared/retention.ts';
import { retentionChoices, retentionLimits } from '../../shared/retention.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Radios } from '../ui/Choice.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';

type RetentionFieldsProps = {
  readonly policy: RetentionPolicy;
  readonly onChange: (policy: RetentionPolicy) => void;
  readonly label: string;
  readonly takesFocus?: boolean;
};

/** What happens to the copies on the server. */
export function RetentionFields({ policy, onChange, label, takesFocus = false }: RetentionFieldsProps) {
  const t = useTexts();
  const extra = (kind: RetentionPolicy['kind']) => {
    if (policy.kind !== kind) return undefined;
    switch (policy.kind) {
      case 'remove-after-days':
        return (
          <NumberLine
            label={t('retention.days')}
            value={policy.days}
            onChange={(days) => onChange({ kind: policy.kind, days })}
            least={1}
            most={retentionLimits.days}
          />
        );
      case 'keep-newest':
        return (
          <NumberLine
            label={t('retention.count')}
            value={policy.count}
            onChange={(count) => onChange({ kind: policy.kind, count })}
            least={1}
            most={retentionLimits.count}
          />
        );
      case 'keep-under':
        return (
          <NumberLine
            label={t('retention.megabytes')}
            value={policy.megabytes}
            onChange={(megabytes) => onChange({ kind: policy.kind, megabytes })}
            least={1}
            most={retentionLimits.megabytes}
          />
        );
      default:
        return undefined;
    }
  };
  return (
    <Radios
      label={label}
      takesFocus={takesFocus}
      value={policy.kind}
      onChange={(kind) => onChange(retentionChoices.find((choice) => choice.kind === kind) ?? policy)}
      options={retentionChoices.map(({ kind: key }) => ({
        key,
        label: t(`retention.${key}`),
        note: t(`retention.${key}-note`),
        extra: extra(key),
      }))}
    />
  );
}
