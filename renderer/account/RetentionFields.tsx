import type { RetentionPolicy } from '../../shared/model.ts';
import { useWords } from '../i18n/words.tsx';
import { Radios } from '../ui/Choice.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';

type RetentionFieldsProps = {
  readonly policy: RetentionPolicy;
  readonly onChange: (policy: RetentionPolicy) => void;
  readonly label: string;
  readonly takesFocus?: boolean;
};

const kinds = ['keep', 'remove-after-days', 'remove-when-stored', 'keep-newest', 'keep-under'] as const;

function policyOf(kind: RetentionPolicy['kind']): RetentionPolicy {
  switch (kind) {
    case 'remove-after-days':
      return { kind, days: 14 };
    case 'keep-newest':
      return { kind, count: 1000 };
    case 'keep-under':
      return { kind, megabytes: 500 };
    default:
      return { kind };
  }
}

/** What happens to the copies on the server. */
export function RetentionFields({ policy, onChange, label, takesFocus = false }: RetentionFieldsProps) {
  const t = useWords();
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
            most={3650}
          />
        );
      case 'keep-newest':
        return (
          <NumberLine
            label={t('retention.count')}
            value={policy.count}
            onChange={(count) => onChange({ kind: policy.kind, count })}
            least={1}
            most={1_000_000}
          />
        );
      case 'keep-under':
        return (
          <NumberLine
            label={t('retention.megabytes')}
            value={policy.megabytes}
            onChange={(megabytes) => onChange({ kind: policy.kind, megabytes })}
            least={1}
            most={1_000_000}
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
      onChange={(kind) => onChange(policyOf(kind))}
      options={kinds.map((key) => ({
        key,
        words: t(`retention.${key}`),
        note: t(`retention.${key}-note`),
        extra: extra(key),
      }))}
    />
  );
}
