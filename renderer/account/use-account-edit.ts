import { useState } from 'react';
import type { Account } from '../../shared/account.ts';
import type { AccountState, ServerTerms } from '../../shared/account-state.ts';
import type { Failure } from '../../shared/failure.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone } from '../bridge/toasts.ts';
import { isUsable } from './connections/ProxyFields.tsx';
import { type Draft, draftOf, hasError, isSameServer, serverOf, serverRemarks } from './draft.ts';

/** When a mailbox is checked and how much of a message comes. */
export type CheckChoices = Pick<
  Account,
  'checkEveryMinutes' | 'checkAtStart' | 'partialAboveBytes' | 'deleteOnServerWhenDeletedHere'
>;

/** The settings of a mailbox while they are being changed. */
export type AccountEdit = {
  /** What the server says of itself. */
  readonly terms: ServerTerms;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly choices: CheckChoices;
  readonly choose: (change: Partial<CheckChoices>) => void;
  /** Saving was asked for, so nothing that is wrong is held back any more. */
  readonly wasPressed: boolean;
  readonly failure: Failure | null;
  readonly save: () => Promise<void>;
};

/** Keeps a password that was typed; the failure where it could not be kept. */
async function keepPassword({ id }: Account, password: string): Promise<Failure | null> {
  const kept = await poppy.request('account/set-password', { accountId: id, password });
  if (!kept.ok) return kept.failure;
  if (kept.value.keyring === 'memory-only') showDone('password-in-memory');
  return null;
}

/** Changes the settings of a mailbox and saves them; `onSaved` is called when all is kept. */
export function useAccountEdit(state: AccountState, onSaved: () => void): AccountEdit {
  const { account, trouble } = state;
  const { checkEveryMinutes, checkAtStart, partialAboveBytes, deleteOnServerWhenDeletedHere } = account;
  const [draft, setDraft] = useState(() => draftOf(account));
  const [choices, setChoices] = useState<CheckChoices>({
    ...{ checkEveryMinutes, checkAtStart, partialAboveBytes, deleteOnServerWhenDeletedHere },
  });
  const [failure, setFailure] = useState<Failure | null>(null);
  const [wasPressed, setPressed] = useState(false);

  const save = async () => {
    setPressed(true);
    if (hasError(Object.values(serverRemarks(draft))) || !isUsable(draft.proxy)) return;
    const server = serverOf(draft);
    const { address, retention, password, keyForPassword } = draft;
    const name = draft.name.trim() === '' ? address : draft.name.trim();
    const saved = await poppy.request('account/update', {
      accountId: account.id,
      choices: { name, address, server, retention, ...choices },
      allowsNewKey: keyForPassword !== null && keyForPassword === draft.pinnedKeySha256,
    });
    const problem =
      saved.ok && password !== '' ? await keepPassword(account, password) : saved.ok ? null : saved.failure;
    if (problem !== null) {
      setFailure(problem);
      return;
    }
    // What was changed is tried at once, so that trouble ends or shows while the person looks; a password does it itself.
    if (password === '' && (trouble !== null || !isSameServer(account.server, server)))
      void poppy.request('check/start', { accountId: account.id });
    showDone('settings-saved');
    onSaved();
  };
  const choose = (change: Partial<CheckChoices>) => setChoices((before) => ({ ...before, ...change }));
  return { terms: state.terms, draft, setDraft, choices, choose, wasPressed, failure, save };
}
