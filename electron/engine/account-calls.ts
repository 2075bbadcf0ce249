import type { Failure, FailureStep } from '../../shared/failure.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { TestOutcome, TestStep } from '../../shared/views.ts';
import { discoverSettings } from '../account/discovery/discover-settings.ts';
import { networkLookUp } from '../account/discovery/look-up.ts';
import { failureBehind, openServer, rememberServer } from '../mailbox/maildrop-session.ts';
import type { StepFacts } from '../pop3/options.ts';
import { probePop3 } from '../pop3/probe.ts';
import { Transcript } from '../pop3/transcript.ts';
import { accountStates } from './account-states.ts';
import type { Answers, EngineContext } from './context.ts';
import type { EngineCalls } from './protocol.ts';

type TestRequest = EngineCalls['account/test'][0];

/** Accounts: finding their settings, testing, adding, changing, removing; and the program's own preferences. */
export function accountCalls(
  context: EngineContext,
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
  const { settings, vault, scheduler, sample, store, emit } = context;
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
  const tellAccounts = async () => emit('account/changed', await accountStates(context));
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
      await tellAccounts();
      scheduler.checkNow(added.value.id);
      return ok({ accountId: added.value.id, keyring: kept.ok ? kept.value : 'memory-only' });
    },
    'account/add-sample': async () => {
      const added = await sample.add();
      if (!added.ok) return added;
      await tellAccounts();
      scheduler.checkNow(added.value.id);
      return ok({ accountId: added.value.id });
    },
    'account/update': async ({ accountId, choices }) => {
      const updated = await settings.updateAccount(accountId, { ...choices, server: exact(choices.server) });
      if (!updated.ok) return updated;
      scheduler.renew(accountId);
      await tellAccounts();
      return ok(null);
    },
    'account/set-password': async ({ accountId, password }) => {
      const kept = await vault.set(accountId, password);
      scheduler.renew(accountId);
      scheduler.checkNow(accountId);
      await tellAccounts();
      return kept.ok ? ok({ keyring: kept.value }) : kept;
    },
    'account/remove': async ({ accountId, keepMail }) => {
      await scheduler.forget(accountId);
      const removed = await settings.removeAccount(accountId);
      if (!removed.ok) return removed;
      await vault.remove(accountId);
      if (!keepMail) await store.deleteForever(idsOfAccount(context, accountId));
      context.changes.note([accountId]);
      await tellAccounts();
      return ok(null);
    },
  };
}

function idsOfAccount(context: EngineContext, accountId: EngineCalls['account/remove'][0]['accountId']) {
  return (['inbox', 'archive', 'trash'] as const).flatMap((folder) =>
    context.store.listIds({ place: { kind: 'folder', folder, accountId } }),
  );
}

/** Drops what is present but undefined: a stored account has the key or has not. */
function exact(server: TestRequest['server']) {
  const { pinnedKeySha256, ...rest } = server;
  return pinnedKeySha256 === undefined ? rest : { ...rest, pinnedKeySha256 };
}

function probeServer(context: EngineContext) {
  return async (target: Parameters<typeof probePop3>[0]) => {
    const found = await probePop3({ ...target, extraAuthorities: context.extraAuthorities });
    return found.ok ? ok({ capabilities: found.value.capabilities.lines }) : found;
  };
}

/** Goes through the steps of a session once and tells each; changes nothing on the server. */
async function testAccount(
  context: EngineContext,
  request: TestRequest,
  signal: AbortSignal,
): Promise<Result<TestOutcome, Failure>> {
  const steps = new StepTeller((step) =>
    context.emit('account/test-step', { attempt: request.attempt, step }),
  );
  const password = await passwordFor(context, request);
  if (!password.ok) return password;
  const transcript =
    request.accountId === null ? new Transcript() : context.transcripts.begin(request.accountId);
  try {
    await using session = await openServer(context, exact(request.server), password.value, {
      signal,
      transcript,
      onStep: (step, facts) => steps.begin(step, facts),
    });
    steps.begin('list', { mechanism: session.mechanismUsed });
    const listing = await session.listing();
    rememberServer(context, exact(request.server), session);
    const sizeBytes = listing.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    steps.finish({ count: listing.length, sizeBytes, capabilities: session.capabilities.lines });
    await session.quit();
    const { expireDays } = session.capabilities;
    return ok({
      count: listing.length,
      sizeBytes,
      mechanism: session.mechanismUsed,
      hasUidl:
        listing.length === 0 ? session.capabilities.uidl : listing.some((entry) => entry.uidl !== null),
      expireDays: typeof expireDays === 'number' ? expireDays : null,
    });
  } catch (error) {
    const failure = failureBehind(error, exact(request.server), signal);
    if (failure === null) throw error;
    steps.fail();
    if (failure.kind === 'certificate' && failure.keySha256 !== undefined)
      context.emit('account/certificate-asked', {
        attempt: request.attempt,
        question: {
          problem: failure.problem,
          keySha256: failure.keySha256,
          subject: failure.subject ?? '',
          validTo: failure.validTo ?? '',
        },
      });
    return failed(failure);
  }
}

async function passwordFor(context: EngineContext, request: TestRequest): Promise<Result<string, Failure>> {
  if (request.password !== null) return ok(request.password);
  const kept = request.accountId === null ? ok(null) : await context.vault.get(request.accountId);
  if (!kept.ok) return kept;
  return kept.value === null
    ? failed({ kind: 'password-missing', step: 'sign-in', canRetry: false })
    : ok(kept.value);
}

/** Tells the steps of a test one by one: each is running, then done or failed. */
class StepTeller {
  readonly #tell: (step: TestStep) => void;
  #current: { step: FailureStep; facts: TestStep['facts'] } | null = null;

  constructor(tell: (step: TestStep) => void) {
    this.#tell = tell;
  }

  begin(step: FailureStep, facts: Partial<StepFacts>): void {
    this.finish({});
    const known = {
      ...(facts.address === undefined ? {} : { address: facts.address }),
      ...(facts.mechanism === undefined ? {} : { mechanism: facts.mechanism }),
    };
    this.#current = { step, facts: known };
    this.#tell({ step, state: 'running', facts: known });
  }

  finish(facts: TestStep['facts']): void {
    if (this.#current !== null)
      this.#tell({ step: this.#current.step, state: 'done', facts: { ...this.#current.facts, ...facts } });
    this.#current = null;
  }

  fail(): void {
    if (this.#current !== null) this.#tell({ ...this.#current, state: 'failed' });
    this.#current = null;
  }
}
