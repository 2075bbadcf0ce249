import { ShieldAlert } from 'lucide-react';
import type { CertificateQuestion } from '../../shared/account-setup.ts';
import { useWords } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';

type CertificateCardProps = {
  readonly question: CertificateQuestion;
  readonly host: string;
  readonly onTrust: () => void;
};

/** A certificate that cannot be trusted by itself: what is wrong, what it says, and the person's word. */
export function CertificateCard({ question, host, onTrust }: CertificateCardProps) {
  const t = useWords();
  return (
    <Banner
      look="danger"
      icon={<ShieldAlert size={18} />}
      actions={<Button onPress={onTrust}>{t('certificate.trust')}</Button>}
    >
      <p>{t('certificate.question', { host })}</p>
      <dl className="facts">
        <dt>{t('certificate.subject')}</dt>
        <dd>{question.subject}</dd>
        <dt>{t('certificate.valid-to')}</dt>
        <dd>{question.validTo}</dd>
        <dt>{t('certificate.key')}</dt>
        <dd className="code">{question.keySha256.replace(/(.{4})(?=.)/g, '$1 ')}</dd>
      </dl>
      <p>{t('certificate.advice')}</p>
    </Banner>
  );
}
