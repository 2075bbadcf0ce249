import type { FieldRemark } from '../../shared/account-fields.ts';
import type { TextOf } from '../i18n/texts.tsx';

/** The fields whose values are checked while an account is set up. */
export type FieldKind = 'address' | 'host' | 'user' | 'password';

/** What is wrong with a field, as a sentence: the same one for the same mistake wherever it is made. Null for none. */
export function problemText(kind: FieldKind, remark: FieldRemark | null, t: TextOf): string | null {
  if (remark?.level !== 'error') return null;
  return remark.code === 'empty' ? t(`field.empty.${kind}`) : t(`field.error.${remark.code}`);
}
