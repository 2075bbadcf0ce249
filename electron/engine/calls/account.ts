import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { failed, ok } from '../../../shared/result.ts';
import { discoverSettings } from '../../account/discovery/discover-settings.ts';
import { networkLookUp } from '../../account/discovery/look-up.ts';
import { AccountChanges, type AccountWork } from '../../mailbox/accounts/account-changes.ts';
import { testAccount } from '../../mailbox/accounts/test-account.ts';
import { decidePerhapsHere } from '../../mailbox/checking/perhaps-here.ts';
import { allowWeakerSignIn } from '../../mailbox/maildrop/maildrop-session.ts';
import { proxiedDial } from '../../mailbox/maildrop/proxied-dial.ts';
import { Transcript } from '../../pop3/connection/transcript.ts';
import { probePop3 } from '../../pop3/probe.ts';
import { accountStates } from '../account-states.ts';
import { Attempts } from '../attempts.ts';
import type { Answers, EngineParts } from '../engine-parts.ts';
import { folderTree } from '../folder-tree.ts';

const signInAgain: Failure = { kind: 'sign-in-again', step: 'sign-in', canRetry: false };

type Tools = Pick<
  EngineParts,
  | 'settings'
  | 'store'
  | 'vault'
  | 'tokens'
  | 'grants'
  | 'routes'
  | 'maildrop'
  | 'passwords'
  | 'withheld'
  | 'locks'
  | 'scheduler'
  | 'transcripts'
  | 'sample'
  | 'changes'
  | 'extraAuthorities'
  | 'emit'
>;

/** Accounts: their settings found, tried, added, changed and removed. */
export function accountCalls(
  tools: Tools,
  /** Ends downloads and server views of an account. */
  leave: (accountId: AccountId) => Promise<unknown>,
): Answers<
  | 'account/list'
  | 'account/discover'
  | 'account/test'
  | 'account/stop-attempt'
  | 'account/allow-weaker-sign-in'
  | 'account/add'
  | 'account/add-sample'
  | 'account/update'
  | 'account/set-password'
  | 'sign-in/take-over'
  | 'account/decide-unfetched'
  | 'account/decide-perhaps-here'
  | 'account/see-doubtful'
  | 'account/remove'
> {
  const { scheduler, transcripts, sample, changes, emit } = tools;
  const attempts = new Attempts();
  const accounts = new AccountChanges({ ...tools, work: accountWork(tools, leave) });
  const tellAccounts = () => {
    emit('account/changed', accountStates(tools));
    emit('folders/changed', folderTree(tools));
  };
  return {
    'account/list': () => accountStates(tools),
    'account/discover': ({ attempt, address }) =>
      attempts.run(attempt, (signal) =>
        discoverSettings({
          address,
          signal,
          onProgress: (progress) => emit('account/discovery-progress', { attempt, ...progress }),
          tools: {
            lookUp: networkLookUp({ wayTo: (host, port) => tools.routes.to(host, port) }),
            probe: probeServer(tools),
            providerDatabase: tools.settings.preferences().providerDatabase,
          },
        }),
      ),
    'account/test': (request) =>
      attempts.run(request.attempt, (signal) =>
        testAccount({ ...tools.maildrop, ...tools }, request, {
          signal,
          transcript: request.accountId === null ? new Transcript() : transcripts.begin(request.accountId),
          onStep: (step) => emit('account/test-step', { attempt: request.attempt, step }),
          onCertificate: (question) =>
            emit('account/certificate-asked', { attempt: request.attempt, question }),
        }),
      ),
    'account/stop-attempt': ({ attempt }) => {
      attempts.stop(attempt);
      return null;
    },
    'account/add': async ({ choices, password, grant }) => {
      const granted = grant === undefined ? undefined : tools.grants.find(grant);
      if (choices.server.oauth !== undefined && granted === undefined) return failed(signInAgain);
      const added = await accounts.add(choices, granted?.refreshToken ?? password);
      if (!added.ok) return added;
      if (granted !== undefined) tools.tokens.hold(added.value.accountId, granted);
      if (grant !== undefined) tools.grants.end(grant);
      tellAccounts();
      scheduler.checkNow(added.value.accountId);
      return added;
    },
    'account/add-sample': async () => {
      const added = await sample.add();
      if (!added.ok) return added;
      tellAccounts();
      scheduler.checkNow(added.value.id);
      return ok({ accountId: added.value.id });
    },
    'account/allow-weaker-sign-in': async ({ host, port }) => {
      await allowWeakerSignIn(tools, host, port);
      return null;
    },
    'account/update': async ({ accountId, choices, allowsNewKey }) => {
      const changed = await accounts.change(accountId, choices, { allowsNewKey });
      emit('folders/changed', folderTree(tools));
      return changed;
    },
    'account/set-password': async ({ accountId, password }) => {
      const kept = await accounts.setPassword(accountId, password);
      tellAccounts();
      return kept;
    },
    'sign-in/take-over': async ({ accountId, grant }) => {
      const granted = tools.grants.find(grant);
      if (granted === undefined) return failed(signInAgain);
      const kept = await accounts.setPassword(accountId, granted.refreshToken);
      tools.grants.end(grant);
      tellAccounts();
      return kept;
    },
    'account/decide-unfetched': async ({ accountId, key, choice }) => {
      const isKnown = await tools.store.unfetched.choose(accountId, asLedgerKey(key), choice);
      tellAccounts();
      if (!isKnown) return failed({ kind: 'not-found', canRetry: false });
      scheduler.checkNow(accountId);
      return ok(null);
    },
    'account/decide-perhaps-here': async ({ accountId, choice }) => {
      await decidePerhapsHere(tools.store, accountId, choice);
      scheduler.checkNow(accountId);
      return ok(null);
    },
    'account/see-doubtful': async ({ accountId }) => {
      await tools.store.doubtful.see(accountId);
      tellAccounts();
      return null;
    },
    'account/remove': async ({ accountId, keepMail }) => {
      const removed = await accounts.remove(accountId, keepMail);
      changes.note([accountId]);
      tellAccounts();
      return removed;
    },
  };
}

function accountWork(
  { scheduler, transcripts }: Pick<Tools, 'scheduler' | 'transcripts'>,
  leave: (accountId: AccountId) => Promise<unknown>,
): AccountWork {
  return {
    checkNow: (accountId) => scheduler.checkNow(accountId),
    stopCheck: (accountId) => scheduler.stop(accountId),
    end: (accountId) => Promise.all([leave(accountId), scheduler.stop(accountId)]),
    renew: (accountId) => scheduler.renew(accountId),
    waitForPerson: (accountId, trouble) => scheduler.waitForPerson(accountId, trouble),
    forget: async (accountId) => {
      await Promise.all([scheduler.forget(accountId), leave(accountId)]);
      transcripts.forget(accountId);
    },
  };
}

function probeServer({ extraAuthorities, routes }: Pick<Tools, 'extraAuthorities' | 'routes'>) {
  return async (target: Parameters<typeof probePop3>[0]) => {
    const dial = proxiedDial(routes, target);
    const found = await probePop3({ ...target, extraAuthorities, ...(dial === undefined ? {} : { dial }) });
    return found.ok ? ok({ capabilities: found.value.capabilities.lines }) : found;
  };
}
