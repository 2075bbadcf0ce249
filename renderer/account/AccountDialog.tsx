import { useState } from 'react';
import { defaultPartialAboveBytes, longestCheckIntervalMinutes } from '../../shared/account.ts';
import type { AccountState } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Account } from '../../shared/model.ts';
import { mayKeepPassword } from '../../shared/password-scope.ts';
import { megabyte } from '../../shared/sizes.ts';
import { showDone } from '../bridge/notices.ts';
import { poppy } from '../bridge/poppy.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useWords, type Words } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Tick, Toggle } from '../ui/Choice.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Folded } from '../ui/Folded.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { CertificateCard } from './CertificateCard.tsx';
import { type Draft, emptyDraft, isSameServer, serverOf } from './draft.ts';
import { RemoveAccountDialog } from './RemoveAccountDialog.tsx';
import { RetentionFields } from './RetentionFields.tsx';
import { ServerFields } from './ServerFields.tsx';
import { TestSteps } from './TestSteps.tsx';
import { useConnectionTest } from './use-test.ts';

function draftOf(account: Account): Draft {
  const { host, port, security, user, mechanism, plaintextConsent, pinnedKeySha256 } = account.server;
  return {
    ...emptyDraft,
    ...{ name: account.name, address: account.address, retention: account.retention },
    ...{ host, port, security, user, mechanism, plaintextConsent, pinnedKeySha256: pinnedKeySha256 ?? null },
  };
}

type AccountDialogProps = { readonly state: AccountState; readonly onClose: () => void };

/** Everything that can be changed about one mailbox, a test of it, and its removal. */
export function AccountDialog({ state, onClose }: AccountDialogProps) {
  const t = useWords();
  const { account } = state;
  const [draft, setDraft] = useState(() => draftOf(account));
  const [minutes, setMinutes] = useState(account.checkEveryMinutes);
  const [checksAtStart, setChecksAtStart] = useState(account.checkAtStart);
  const [partial, setPartial] = useState(account.partialAboveBytes);
  const [deletesToo, setDeletesToo] = useState(account.deleteOnServerWhenDeletedHere);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const test = useConnectionTest();
  const { question } = test;

  const save = async () => {
    const saved = await poppy.request('account/update', {
      accountId: account.id,
      choices: {
        name: draft.name.trim() === '' ? draft.address : draft.name.trim(),
        address: draft.address,
        server: serverOf(draft),
        retention: draft.retention,
        checkEveryMinutes: minutes,
        checkAtStart: checksAtStart,
        partialAboveBytes: partial,
        deleteOnServerWhenDeletedHere: deletesToo,
      },
    });
    if (!saved.ok) {
      setFailure(saved.failure);
      return;
    }
    if (draft.password !== '') {
      const { id } = account;
      const kept = await poppy.request('account/set-password', { accountId: id, password: draft.password });
      if (!kept.ok) {
        setFailure(kept.failure);
        return;
      }
      if (kept.value.keyring === 'memory-only') showDone('password-in-memory');
    }
    // What was changed is tried at once, so that trouble ends or shows while the person looks; a password does it itself.
    else if (state.trouble !== null || !isSameServer(account.server, serverOf(draft)))
      void poppy.request('check/start', { accountId: account.id });
    showDone('settings-saved');
    onClose();
  };
  const startTest = (tried: Draft) =>
    test.start(serverOf(tried), tried.password === '' ? null : tried.password, account.id);
  const trust = (pinnedKeySha256: string) => {
    const trusting = { ...draft, pinnedKeySha256 };
    setDraft(trusting);
    startTest(trusting);
  };

  if (isRemoving)
    return <RemoveAccountDialog account={account} onBack={() => setRemoving(false)} onClose={onClose} />;
  return (
    <Dialog
      title={account.name}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      foot={
        <>
          <Button look="danger" className="foot-start" onPress={() => setRemoving(true)}>
            {t('account.remove')}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" onPress={() => void save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <Field label={t('account.name')} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
      <ServerFields draft={draft} onChange={setDraft} showsEmpty />
      <Field
        label={t('account.new-password')}
        type="password"
        autoComplete="off"
        value={draft.password}
        onChange={(password) => setDraft({ ...draft, password })}
        note={passwordNote(state, draft, t)}
      />
      <div>
        <Button onPress={() => (test.isRunning ? test.stop() : startTest(draft))}>
          {test.isRunning ? t('action.stop') : t('settings-step.test')}
        </Button>
      </div>
      {test.steps.length > 0 && <TestSteps steps={test.steps} />}
      {test.failure !== null && <FailureNote failure={test.failure} />}
      {question !== null && !test.isRunning && (
        <CertificateCard question={question} host={draft.host} onTrust={() => trust(question.keySha256)} />
      )}
      {test.outcome !== null && <Banner look="good">{t('test.passed')}</Banner>}
      <Folded title={t('account.checking')} isOpenAtFirst>
        <div className="folded-fields">
          <NumberLine
            label={t('account.every-minutes')}
            value={minutes}
            onChange={setMinutes}
            least={0}
            most={longestCheckIntervalMinutes}
          />
          <Toggle isOn={checksAtStart} onChange={setChecksAtStart}>
            {t('account.at-start')}
          </Toggle>
          <Tick
            isOn={partial > 0}
            onChange={(isOn) => setPartial(isOn ? defaultPartialAboveBytes : 0)}
            note={t('account.partial-note')}
          >
            {t('account.partial')}
          </Tick>
          {partial > 0 && (
            <NumberLine
              label={t('server-view.megabytes')}
              value={Math.round(partial / megabyte)}
              onChange={(megabytes) => setPartial(megabytes * megabyte)}
              least={1}
              most={1000}
            />
          )}
        </div>
      </Folded>
      <Folded title={t('copies.title')}>
        <div className="folded-fields">
          <RetentionFields
            label={t('copies.label')}
            policy={draft.retention}
            onChange={(retention) => setDraft({ ...draft, retention })}
          />
          <Toggle isOn={deletesToo} onChange={setDeletesToo} note={t('account.deletes-too-note')}>
            {t('account.deletes-too')}
          </Toggle>
        </div>
      </Folded>
      {failure !== null && <FailureNote failure={failure} />}
    </Dialog>
  );
}

/** What becomes of the password that is kept: it goes to no server it was not given for. */
function passwordNote({ account, hasPassword }: AccountState, draft: Draft, t: Words): string {
  if (!hasPassword) return t('account.no-password');
  if (mayKeepPassword(account.server, serverOf(draft))) return t('account.has-password');
  return t('account.password-again', { host: account.server.host });
}
