import { useState } from 'react';
import { checkHost } from '../../../shared/account-fields.ts';
import { highestPort } from '../../../shared/ports.ts';
import { isProxy, type ProxyChoice, type ProxyServer, proxyPorts } from '../../../shared/proxy.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showDone } from '../../bridge/toasts.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Picker } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { NumberLine } from '../../ui/NumberLine.tsx';
import { problemText } from '../field-text.ts';

const kinds = ['system', 'none', 'socks5', 'http'] as const;

type ProxyFieldsProps = {
  /** Null for what is chosen for the whole program. */
  readonly choice: ProxyChoice | null;
  /** An account may leave the choice to the program. */
  readonly isOfAccount: boolean;
  readonly onChange: (choice: ProxyChoice | null) => void;
};

/** What connections go through. */
export function ProxyFields({ choice, isOfAccount, onChange }: ProxyFieldsProps) {
  const t = useTexts();
  const choose = (key: string) => {
    const kind = kinds.find((known) => known === key);
    if (kind === undefined) onChange(null);
    else if (kind === 'system' || kind === 'none') onChange({ kind });
    else onChange({ ...(choice !== null && isProxy(choice) ? choice : empty), kind, port: proxyPorts[kind] });
  };
  return (
    <>
      <Picker
        label={t('proxy.label')}
        value={choice?.kind ?? 'program'}
        onChange={choose}
        options={[...(isOfAccount ? (['program'] as const) : []), ...kinds].map((key) => ({
          key,
          label: t(`proxy.${key}`),
        }))}
      />
      {choice?.kind === 'system' && <p className="soft">{t('proxy.system-note')}</p>}
      {choice !== null && isProxy(choice) && <PlaceFields proxy={choice} onChange={onChange} />}
    </>
  );
}

const empty: Omit<ProxyServer, 'kind' | 'port'> = { host: '', user: '' };

/** Whether a choice can be saved. */
export function isUsable(choice: ProxyChoice | null): boolean {
  return choice === null || !isProxy(choice) || checkHost(choice.host)?.level !== 'error';
}

type PlaceFieldsProps = { readonly proxy: ProxyServer; readonly onChange: (proxy: ProxyServer) => void };

/** Where a proxy is, and how to sign in there. */
function PlaceFields({ proxy, onChange }: PlaceFieldsProps) {
  const t = useTexts();
  const [password, setPassword] = useState('');
  const keep = async () => {
    const kept = await poppy.request('proxy/set-password', { proxy, password });
    if (kept.ok) showDone('settings-saved');
    setPassword('');
  };
  return (
    <>
      <p className="soft">{t('proxy.hand-note')}</p>
      <div className="server-line">
        <Field
          label={t('proxy.host')}
          value={proxy.host}
          onChange={(host) => onChange({ ...proxy, host: host.trim() })}
          problem={proxy.host === '' ? null : problemText('host', checkHost(proxy.host), t)}
          autoCorrect="off"
          spellCheck="false"
        />
        <NumberLine
          label={t('proxy.port')}
          value={proxy.port}
          onChange={(port) => onChange({ ...proxy, port })}
          least={1}
          most={highestPort}
          hasGrouping={false}
        />
      </div>
      <Field
        label={t('proxy.user')}
        value={proxy.user}
        onChange={(user) => onChange({ ...proxy, user })}
        autoComplete="off"
      />
      {proxy.user !== '' && (
        <>
          <Field
            label={t('proxy.password')}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="off"
          />
          <div>
            <Button isDisabled={!isUsable(proxy)} onPress={() => void keep()}>
              {t('proxy.keep-password')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
