import type { FieldRemark } from '../../shared/account-fields.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';

type FieldHintProps = {
  readonly remark: FieldRemark | null;
  /** Takes what was suggested in place of what was typed. */
  readonly onTake: (suggestion: string) => void;
};

/** What is probably not meant, with what may have been; a person can go on all the same. */
export function FieldHint({ remark, onTake }: FieldHintProps) {
  const t = useTexts();
  if (remark?.level !== 'hint') return null;
  const { code, suggestion } = remark;
  return (
    <p className="field-hint" role="status">
      {t(`field.hint.${code}`, { suggestion: suggestion ?? '' })}
      {suggestion !== undefined && (
        <Button look="quiet" onPress={() => onTake(suggestion)}>
          {/* A password is not shown. */}
          {code === 'spaces-at-the-edge' ? t('field.take-space-off') : t('field.take', { suggestion })}
        </Button>
      )}
    </p>
  );
}
