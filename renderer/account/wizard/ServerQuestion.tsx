import { ShieldAlert } from 'lucide-react';
import { tidyAddress } from '../../../shared/account-fields.ts';
import type { SettingsCandidate } from '../../../shared/account-setup.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { remarkText } from '../remark-text.ts';

type ServerQuestionProps = {
  readonly address: string;
  readonly candidate: SettingsCandidate;
  readonly onUse: () => void;
  readonly onByHand: () => void;
};

/** Asks whose server it is before settings are taken over that somebody in the network named. */
export function ServerQuestion({ address, candidate, onUse, onByHand }: ServerQuestionProps) {
  const t = useTexts();
  const { server, remarks = [] } = candidate;
  return (
    <Banner
      look="warning"
      icon={<ShieldAlert size={18} />}
      actions={
        <>
          <Button onPress={onUse}>{t('address.use')}</Button>
          <Button onPress={onByHand}>{t('address.by-hand')}</Button>
        </>
      }
    >
      <div role="alert">
        <p>{t('address.whose')}</p>
        <p>{t('address.whose-meaning', { address: tidyAddress(address), host: server.host })}</p>
        {remarks.map((remark) => (
          <p key={remark.kind}>{remarkText(remark, t)}</p>
        ))}
      </div>
    </Banner>
  );
}
