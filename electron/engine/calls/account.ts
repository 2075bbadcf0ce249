import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../../shared/failure.ts';
import type { Account, AccountId, ServerSettings } from '../../../shared/model.ts';
import { mayKeepPassword } from '../../../shared/password-scope.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isSameMaildrop } from '../../../shared/same-maildrop.ts';
import { discoverSettings } from '../../account/discovery/discover-settings.ts';
import { networkLookUp } from '../../account/discovery/look-up.ts';
import { findKeptAccount } from '../../mailbox/moving/kept-account.ts';
import { probePop3 } from '../../pop3/probe.ts';
import { attemptWork } from '../../store/attempt.ts';
import { accountStates } from '../account-states.ts';
import { testAccount } from '../account-test.ts';
import { type Answers, accountAt, accountOf, type EngineContext, unusableServer } from '../context.ts';
import type { EngineCalls } from '../protocol.ts';

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
  const ending = new Set<Promise<unknown>>();
  const attemptNamed = async <Value>(
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
      attemptNamed(name, (signal) =>
        discoverSettings({
          address,
          signal,
          onProgress: (looking) => emit('account/discovery-progress', { attempt: name, looking }),
          tools: { lookUp: networkLookUp(), probe: probeServer(context) },
        }),
      ),
    'account/test': (request) =>
      attemptNamed(request.attempt, (signal) => testAccount(context, request, signal)),
    'account/stop-attempt': ({ attempt: name }) => {
      attempts.get(name)?.abort();
      return null;
    },
    'account/add': async ({ choices, password }) => {
      // Mail that is just being removed is not to be taken up.
      await Promise.allSettled(ending);
      const added = await addAccount(context, choices);
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
    'account/update': ({ accountId, choices }) => updateAccount(context, leave, accountId, choices),
    'account/set-password': async ({ accountId, password }) => {
      if (accountOf(context, accountId) === undefined) return failed({ kind: 'not-found', canRetry: false });
      const kept = await vault.set(accountId, password);
      if (kept.ok) passwords.note(accountId, true);
      // A check with the former password would only end in the trouble that this is to mend.
      await scheduler.stop(accountId);
      scheduler.renew(accountId);
      scheduler.checkNow(accountId);
      tellAccounts();
      return kept.ok ? ok({ keyring: kept.value }) : kept;
    },
    'account/remove': async ({ accountId, keepMail }) => {
      // Out of the settings first: from then on nothing new is begun for the account.
      const removed = await settings.removeAccount(accountId);
      if (!removed.ok) return removed;
      const end = endAccount(context, accountId, keepMail, leave);
      ending.add(end);
      const mail = await end.finally(() => ending.delete(end));
      context.changes.note([accountId]);
      tellAccounts();
      return mail;
    },
  };
}

/**
 * Adds an account. Mail that was kept when it was removed before is taken up again, ledger and all, so that what is
 * still on the server is not stored a second time.
 */
async function addAccount(
  context: EngineContext,
  choices: EngineCalls['account/add'][0]['choices'],
): Promise<Result<Account, Failure>> {
  const { settings, store } = context;
  const { server } = choices;
  const unusable = unusableServer(server);
  if (unusable !== null) return failed(unusable);
  const twin = accountAt(context, server);
  if (twin !== undefined) return failed({ kind: 'account-exists', name: twin.name, canRetry: false });
  const kept = findKeptAccount(store.maildrops.all(), settings.accounts(), choices);
  if (kept === null) return settings.addAccount(choices);
  const ledger = store.ledger(kept.accountId);
  const doubted = await attemptWork(async () => {
    if (kept.trust === 'perhaps') await ledger.doubtIds();
    if (kept.trust === 'other') await ledger.forgetAll();
  });
  return doubted.ok ? settings.addAccount(choices, kept.accountId) : doubted;
}

/**
 * Changes an account. Another user is another maildrop, in which the same id may mean another message; and a password
 * goes only where the person gave it, so that for another host, user or weaker protection it has to be typed again.
 */
async function updateAccount(
  context: EngineContext,
  leave: (accountId: AccountId) => Promise<void>,
  accountId: AccountId,
  choices: EngineCalls['account/update'][0]['choices'],
): Promise<Result<null, Failure>> {
  const { settings, scheduler, passwords, store } = context;
  const before = accountOf(context, accountId)?.server;
  if (before === undefined) return failed({ kind: 'not-found', canRetry: false });
  const { server } = choices;
  const isMoved = !isDeepStrictEqual(before, server);
  const unusable = isMoved ? unusableServer(server) : null;
  if (unusable !== null) return failed(unusable);
  const twin = accountAt(context, server);
  if (twin !== undefined && twin.id !== accountId)
    return failed({ kind: 'account-exists', name: twin.name, canRetry: false });
  const endWork = () => Promise.all([leave(accountId), scheduler.stop(accountId)]);
  const needsPassword = !mayKeepPassword(before, server);
  // First of all: from here on no session signs in, so that none writes into the ledger that is forgotten.
  if (needsPassword) {
    const withheld = await context.withheld.withhold(context.vault, accountId);
    if (!withheld.ok) return withheld;
    passwords.note(accountId, false);
  }
  if (isMoved) await endWork();
  const ledger = store.ledger(accountId);
  const forgotten = await attemptWork(async () => {
    if (before.user !== server.user) await ledger.forgetAll();
    else if (!isSameMaildrop(before, server)) await ledger.doubtIds();
  });
  if (!forgotten.ok) return forgotten;
  const updated = await settings.updateAccount(accountId, choices);
  // What was begun meanwhile knows the server as it was, and must not take the new password there.
  if (isMoved) await endWork();
  scheduler.renew(accountId);
  if (needsPassword) scheduler.waitForPerson(accountId, passwordMissing(server));
  return updated.ok ? ok(null) : updated;
}

function passwordMissing({ host, port }: ServerSettings): Failure {
  return { kind: 'password-missing', step: 'sign-in', canRetry: false, host, port };
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
  const gone = await attemptWork(() => store.upkeep.removeAccount(accountId));
  return gone.ok ? ok(null) : gone;
}

function probeServer(context: EngineContext) {
  return async (target: Parameters<typeof probePop3>[0]) => {
    const found = await probePop3({ ...target, extraAuthorities: context.extraAuthorities });
    return found.ok ? ok({ capabilities: found.value.capabilities.lines }) : found;
  };
}
