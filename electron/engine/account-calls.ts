import type { Failure } from '../../shared/failure.ts';
import type { AccountId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { discoverSettings } from '../account/discovery/discover-settings.ts';
import { networkLookUp } from '../account/discovery/look-up.ts';
import { probePop3 } from '../pop3/probe.ts';
import { accountStates } from './account-states.ts';
import { exact, testAccount } from './account-test.ts';
import { type Answers, accountOf, type EngineContext } from './context.ts';
import { attemptWork } from './expected.ts';

/** Accounts: finding their settings, testing, adding, changing, removing; and the program's own preferences. */
export function accountCalls(
  context: EngineContext,
  /** Ends what else goes on in an account that is being removed. */
  leave: (accountId: AccountId) => Promise<void>,
): Answers<
  | 'preferences/read'
  | 'preferences/update'
  | 'account/list'
  | 'account/discover'
  | 'account/test'
  | 'account/stop-attempt'
  | 'account/add'
  | 'account/add-sample'
  | 'account/update'
  | 'account/set-password'
  | 'account/remove'
> {
  const { settings, vault, passwords, scheduler, sample, emit } = context;
  const attempts = new Map<string, AbortController>();
  const attempt = async <Value>(
    name: string,
    run: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const controller = new AbortController();
    attempts.get(name)?.abort();
    attempts.set(name, controller);
    try {
      return await run(controller.signal);
    } finally {
      if (attempts.get(name) === controller) attempts.delete(name);
    }
  };
  const tellAccounts = () => emit('account/changed', accountStates(context));
  return {
    'preferences/read': () => settings.preferences(),
    'preferences/update': async (patch) => {
      const known = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const updated = await settings.updatePreferences(known);
      if (!updated.ok) emit('notice/shown', { failure: updated.failure });
      emit('preferences/changed', settings.preferences());
      return settings.preferences();
    },
    'account/list': () => accountStates(context),
    'account/discover': ({ attempt: name, address }) =>
      attempt(name, (signal) =>
        discoverSettings({
          address,
          signal,
          onProgress: (looking) => emit('account/discovery-progress', { attempt: name, looking }),
          tools: { lookUp: networkLookUp(), probe: probeServer(context) },
        }),
      ),
    'account/test': (request) => attempt(request.attempt, (signal) => testAccount(context, request, signal)),
    'account/stop-attempt': ({ attempt: name }) => {
      attempts.get(name)?.abort();
      return null;
    },
    'account/add': async ({ choices, password }) => {
      const added = await settings.addAccount({ ...choices, server: exact(choices.server) });
      if (!added.ok) return added;
      const kept = await vault.set(added.value.id, password);
      passwords.note(added.value.id, kept.ok);
      tellAccounts();
      scheduler.checkNow(added.value.id);
      return ok({ accountId: added.value.id, keyring: kept.ok ? kept.value : 'memory-only' });
    },
    'account/add-sample': async () => {
      const added = await sample.add();
      if (!added.ok) return added;
      tellAccounts();
      scheduler.checkNow(added.value.id);
      return ok({ accountId: added.value.id });
    },
    'account/update': async ({ accountId, choices }) => {
      const before = accountOf(context, accountId);
      const updated = await settings.updateAccount(accountId, { ...choices, server: exact(choices.server) });
      if (!updated.ok) return updated;
      // Another user is another maildrop, in which the same id may mean another message.
      if (before?.server.user !== choices.server.user) {
        await leave(accountId);
        await scheduler.stop(accountId);
        context.store.ledger(accountId).forgetAll();
      }
      scheduler.renew(accountId);
      tellAccounts();
      return ok(null);
    },
    'account/set-password': async ({ accountId, password }) => {
      if (accountOf(context, accountId) === undefined) return failed({ kind: 'not-found', canRetry: false });
      const kept = await vault.set(accountId, password);
      if (kept.ok) passwords.note(accountId, true);
      scheduler.renew(accountId);
      scheduler.checkNow(accountId);
      tellAccounts();
      return kept.ok ? ok({ keyring: kept.value }) : kept;
    },
    'account/remove': async ({ accountId, keepMail }) => {
      // Out of the settings first: from then on nothing new is begun for the account.
      const removed = await settings.removeAccount(accountId);
      if (!removed.ok) return removed;
      const mail = await endAccount(context, accountId, keepMail, leave);
      context.changes.note([accountId]);
      tellAccounts();
      return mail;
    },
  };
}

/** Ends what is under way for an account that is no longer in the settings, then forgets its password and its mail. */
async function endAccount(
  context: EngineContext,
  accountId: AccountId,
  keepMail: boolean,
  leave: (accountId: AccountId) => Promise<void>,
): Promise<Result<null, Failure>> {
  const { scheduler, vault, passwords, transcripts, store, locks } = context;
  await Promise.all([scheduler.forget(accountId), leave(accountId)]);
  await vault.remove(accountId);
  passwords.note(accountId, false);
  transcripts.forget(accountId);
  if (keepMail) return ok(null);
  using _lock = await locks.acquire(accountId, new AbortController().signal);
  const gone = await attemptWork(() => store.removeAccount(accountId));
  return gone.ok ? ok(null) : gone;
}

function probeServer(context: EngineContext) {
  return async (target: Parameters<typeof probePop3>[0]) => {
    const found = await probePop3({ ...target, extraAuthorities: context.extraAuthorities });
    return found.ok ? ok({ capabilities: found.value.capabilities.lines }) : found;
  };
}
