import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import { mayKeepPassword } from '../../shared/password-scope.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { type TextOf, useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Folded } from '../ui/Folded.tsx';
import { CheckingFields, CopiesFields } from './CheckingFields.tsx';
import { ProxyFields } from './connections/ProxyFields.tsx';
import { asksForKey, type Draft, serverOf } from './draft.ts';
import { PasswordField } from './PasswordField.tsx';
import { RemoveAccountDialog } from './RemoveAccountDialog.tsx';
import { ServerFields } from './ServerFields.tsx';
import { SignInAgain } from './sign-in/SignInAgain.tsx';
import { DraftTest } from './testing/DraftTest.tsx';
import { useAccountEdit } from './use-account-edit.ts';

type AccountDialogProps = { readonly state: AccountState; readonly onClose: () => void };

/** Everything that can be changed about one mailbox, a test of it, and its removal. */
export function AccountDialog({ state, onClose }: AccountDialogProps) {
  const t = useTexts();
  const { account } = state;
  const edit = useAccountEdit(state, onClose);
  const { draft, setDraft } = edit;
  const [isRemoving, setRemoving] = useState(false);

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
          <Button look="primary" onPress={() => void edit.save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <Field label={t('account.name')} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
      <ServerFields draft={draft} onChange={setDraft} wasPressed={edit.wasPressed} />
      {account.server.oauth === undefined ? (
        <PasswordField
          label={t('account.new-password')}
          value={draft.password}
          onChange={(password) => setDraft({ ...draft, password })}
          note={passwordNote(state, draft, t)}
        />
      ) : (
        <SignInAgain account={account} oauth={account.server.oauth} />
      )}
      <Folded title={t('proxy.title')} level={3} isOpenAtFirst={draft.proxy !== null}>
        <div className="folded-fields">
          <ProxyFields choice={draft.proxy} isOfAccount onChange={(proxy) => setDraft({ ...draft, proxy })} />
        </div>
      </Folded>
      <DraftTest draft={draft} onChange={setDraft} account={account} />
      <CheckingFields edit={edit} />
      <CopiesFields edit={edit} />
      {edit.failure !== null && <FailureNote failure={edit.failure} />}
    </Dialog>
  );
}

/** What becomes of the password that is kept: it goes to no server it was not given for. */
function passwordNote({ account, hasPassword }: AccountState, draft: Draft, t: TextOf): string {
  if (!hasPassword) return t('account.no-password');
  if (asksForKey(account, draft)) return t('new-key.note');
  if (mayKeepPassword(account.server, serverOf(draft))) return t('account.has-password');
  return t('account.password-again', { host: account.server.host });
}
