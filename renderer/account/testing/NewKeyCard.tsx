import { KeyRound } from 'lucide-react';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

type NewKeyCardProps = { readonly host: string; readonly onAllow: () => void };

/** Asks before the kept password goes to a key that is trusted only since it was given. */
export function NewKeyCard({ host, onAllow }: NewKeyCardProps) {
  const t = useTexts();
  return (
    <Banner
      look="warning"
      icon={<KeyRound size={18} />}
      actions={<Button onPress={onAllow}>{t('new-key.allow')}</Button>}
    >
      <p>{t('new-key.question', { host })}</p>
    </Banner>
  );
}
