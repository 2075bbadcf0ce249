import { type AuthMechanism, authMechanisms as mechanisms, securities } from '../../shared/account.ts';
import { highestPort } from '../../shared/ports.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Picker, Tick } from '../ui/Choice.tsx';
import { Folded } from '../ui/Folded.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { CheckedField } from './CheckedField.tsx';
import { type Draft, isLoopback, serverRemarks, withSecurity } from './draft.ts';
import { FieldHint } from './FieldHint.tsx';
import { PinnedCertificate } from './testing/CertificateCard.tsx';

type ServerFieldsProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** The person wanted to go on: empty fields are told of from then on. */
  readonly wasPressed: boolean;
  /** The keyboard begins at the server's name. */
  readonly takesFocus?: boolean;
};

/** Ways of signing in that take a token in place of a password. */
const forTokens = new Set<AuthMechanism>(['XOAUTH2', 'OAUTHBEARER']);

/** Where to connect and how, checked while one types. */
export function ServerFields({ draft, onChange, wasPressed, takesFocus = false }: ServerFieldsProps) {
  const t = useTexts();
  const remarks = serverRemarks(draft);
  return (
    <div className="server-card">
      <div className="server-line">
        <CheckedField
          kind="host"
          remark={remarks.host}
          wasPressed={wasPressed}
          label={t('server.host')}
          autoFocus={takesFocus}
          value={draft.host}
          onChange={(value) => onChange({ ...draft, host: value, pinnedKeySha256: null })}
          autoCorrect="off"
          spellCheck="false"
        />
        <NumberLine
          label={t('server.port')}
          value={draft.port}
          onChange={(port) => onChange({ ...draft, port })}
          least={1}
          most={highestPort}
          hasGrouping={false}
        />
      </div>
      <FieldHint remark={remarks.port} onTake={(port) => onChange({ ...draft, port: Number(port) })} />
      <Picker
        label={t('server.security')}
        value={draft.security}
        onChange={(security) => onChange(withSecurity(draft, security))}
        options={securities.map((key) => ({ key, label: t(`server.security.${key}`) }))}
      />
      {draft.security === 'none' && (
        <Banner look={isLoopback(draft.host) ? 'plain' : 'danger'}>
          <p>{isLoopback(draft.host) ? t('server.plain-here') : t('server.plain-risk')}</p>
          <Tick
            isOn={draft.plaintextConsent}
            onChange={(plaintextConsent) => onChange({ ...draft, plaintextConsent })}
          >
            {t('server.plain-consent')}
          </Tick>
        </Banner>
      )}
      {draft.pinnedKeySha256 !== null && draft.security !== 'none' && (
        <PinnedCertificate
          keySha256={draft.pinnedKeySha256}
          onRemove={() => onChange({ ...draft, pinnedKeySha256: null })}
        />
      )}
      <CheckedField
        kind="user"
        remark={remarks.user}
        wasPressed={wasPressed}
        label={t('server.user')}
        value={draft.user}
        onChange={(user) => onChange({ ...draft, user })}
        autoCorrect="off"
        spellCheck="false"
      />
      <Folded title={t('server.sign-in')} level={2} isOpenAtFirst={draft.mechanism !== 'auto'}>
        <div className="folded-fields">
          <Picker
            label={t('server.sign-in')}
            isLabelHidden
            value={draft.mechanism}
            onChange={(mechanism) => onChange({ ...draft, mechanism })}
            options={mechanisms
              .filter((key) => !forTokens.has(key) || key === draft.mechanism)
              .map((key) => ({ key, label: key === 'auto' ? t('server.sign-in.auto') : key }))}
          />
          <p className="soft">{t('server.sign-in-note')}</p>
        </div>
      </Folded>
    </div>
  );
}
