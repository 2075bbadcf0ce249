import { ShieldAlert } from 'lucide-react';
import type { ServerSettings } from '../../../shared/account.ts';
import { poppy } from '../../bridge/poppy.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

type WeakerSignInCardProps = {
  readonly server: Pick<ServerSettings, 'host' | 'port'>;
  /** Called when the program knows that the person agrees. */
  readonly onAllowed: () => void;
};

/** Asks before a server is signed in to in a way that protects the password less than before. */
export function WeakerSignInCard({ server, onAllowed }: WeakerSignInCardProps) {
  const t = useTexts();
  const host = server.host.trim();
  const allow = async () => {
    await poppy.request('account/allow-weaker-sign-in', { host, port: server.port });
    onAllowed();
  };
  return (
    <Banner
      look="warning"
      icon={<ShieldAlert size={18} />}
      actions={<Button onPress={() => void allow()}>{t('weaker-sign-in.allow')}</Button>}
    >
      <p>{t('weaker-sign-in.question', { host })}</p>
    </Banner>
  );
}
