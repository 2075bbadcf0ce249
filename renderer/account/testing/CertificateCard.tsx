import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { CertificateQuestion } from '../../../shared/account-setup.ts';
import { dayOfText, useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

type CertificateCardProps = {
  readonly question: CertificateQuestion;
  readonly host: string;
  readonly onTrust: () => void;
};

/** A certificate that cannot be trusted by itself: what is wrong, what it says, and the person's word. */
export function CertificateCard({ question, host, onTrust }: CertificateCardProps) {
  const t = useTexts();
  const formats = useFormats();
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
        <dd>{dayOfText(question.validTo, formats)}</dd>
        <dt>{t('certificate.key')}</dt>
        <dd className="code">{inGroups(question.keySha256)}</dd>
      </dl>
      <p>{t('certificate.advice')}</p>
    </Banner>
  );
}

type PinnedCertificateProps = { readonly keySha256: string; readonly onRemove: () => void };

/** The key that a person trusted for this account, and the way to take that back. */
export function PinnedCertificate({ keySha256, onRemove }: PinnedCertificateProps) {
  const t = useTexts();
  return (
    <Banner
      icon={<ShieldCheck size={17} />}
      actions={<Button onPress={onRemove}>{t('certificate.unpin')}</Button>}
    >
      <p>{t('certificate.pinned')}</p>
      <p className="code pinned-key">{inGroups(keySha256)}</p>
    </Banner>
  );
}

/** Hexadecimal digits four by four, as they can be compared by eye. */
function inGroups(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}
