import type { SettingsRemark } from '../../shared/account-setup.ts';
import type { TextOf } from '../i18n/texts.tsx';

/** A remark about settings that were found, as a sentence. */
export function remarkText(remark: SettingsRemark, t: TextOf): string {
  const { kind, ...facts } = remark;
  return t(`remark.${kind}`, facts);
}
