import { type AuthMechanism, authMechanisms as mechanisms, securities } from '../../shared/model.ts';
import { highestPort } from '../../shared/ports.ts';
import { useWords } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Picker, Tick } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { Folded } from '../ui/Folded.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { PinnedCertificate } from './CertificateCard.tsx';
import { type Draft, hostProblem, isLoopback, withSecurity } from './draft.ts';

type ServerFieldsProps = {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** Empty fields are told only once the person wanted to go on. */
  readonly showsEmpty: boolean;
  /** The keyboard begins at the server's name. */
  readonly takesFocus?: boolean;
};

/** Ways of signing in that take a token in place of a password. */
const forTokens = new Set<AuthMechanism>(['XOAUTH2', 'OAUTHBEARER']);

/** Where to connect and how, checked while one types. */
export function ServerFields({ draft, onChange, showsEmpty, takesFocus = false }: ServerFieldsProps) {
  const t = useWords();
  const host = hostProblem(draft.host);
  const isHostWrong = host === 'shape' || (host === 'empty' && showsEmpty);
  return (
    <div className="server-card">
      <div className="server-line">
        <Field
          className="grows"
          label={t('server.host')}
          autoFocus={takesFocus}
          value={draft.host}
          onChange={(value) => onChange({ ...draft, host: value, pinnedKeySha256: null })}
          problem={isHostWrong && host !== null ? t(`server.host-problem.${host}`) : null}
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
      <Picker
        label={t('server.security')}
        value={draft.security}
        onChange={(security) => onChange(withSecurity(draft, security))}
        options={securities.map((key) => ({ key, words: t(`server.security.${key}`) }))}
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
      <Field
        label={t('server.user')}
        value={draft.user}
        onChange={(user) => onChange({ ...draft, user })}
        problem={showsEmpty && draft.user.trim() === '' ? t('server.user-empty') : null}
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
              .map((key) => ({ key, words: key === 'auto' ? t('server.sign-in.auto') : key }))}
          />
          <p className="soft">{t('server.sign-in-note')}</p>
        </div>
      </Folded>
    </div>
  );
}
