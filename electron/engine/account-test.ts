import type { TestOutcome, TestStep } from '../../shared/account-setup.ts';
import type { Failure, FailureStep } from '../../shared/failure.ts';
import { mayKeepPassword } from '../../shared/password-scope.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { failureBehind, openServer, rememberServer } from '../mailbox/maildrop/maildrop-session.ts';
import type { StepFacts } from '../pop3/connection/connect.ts';
import { Transcript } from '../pop3/connection/transcript.ts';
import { accountAt, type EngineContext, unusableServer } from './context.ts';
import type { EngineCalls } from './protocol.ts';

type TestRequest = EngineCalls['account/test'][0];

/** Goes through the steps of a session once and tells each; changes nothing on the server. */
export async function testAccount(
  context: EngineContext,
  request: TestRequest,
  signal: AbortSignal,
): Promise<Result<TestOutcome, Failure>> {
  const steps = new StepTeller((step) =>
    context.emit('account/test-step', { attempt: request.attempt, step }),
  );
  const unusable = unusableServer(request.server);
  if (unusable !== null) return failed(unusable);
  const twin = accountAt(context, request.server);
  if (twin !== undefined && twin.id !== request.accountId)
    return failed({ kind: 'account-exists', name: twin.name, canRetry: false });
  const password = await passwordFor(context, request);
  if (!password.ok) return password;
  const transcript =
    request.accountId === null ? new Transcript() : context.transcripts.begin(request.accountId);
  try {
    await using session = await openServer(context, request.server, password.value, {
      signal,
      transcript,
      onStep: (step, facts) => steps.begin(step, facts),
    });
    steps.begin('list', {});
    const listing = await session.listing();
    await rememberServer(context, request.server, session);
    const sizeBytes = listing.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    steps.finish({ count: listing.length, sizeBytes });
    steps.add('capabilities', { capabilities: session.capabilities.lines });
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
    const failure = failureBehind(error, request.server, signal);
    if (failure === null) throw error;
    steps.fail(failure);
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

/** The typed password, or the kept one; that one is only ever shown to the server it was given for. */
async function passwordFor(context: EngineContext, request: TestRequest): Promise<Result<string, Failure>> {
  if (request.password !== null) return ok(request.password);
  const account = context.settings.accounts().find((one) => one.id === request.accountId);
  const isKept = account !== undefined && mayKeepPassword(account.server, request.server);
  const kept = isKept ? await context.vault.get(account.id) : ok(null);
  if (!kept.ok) return kept;
  return kept.value === null
    ? failed({ kind: 'password-missing', step: 'sign-in', canRetry: false })
    : ok(kept.value);
}

/** Tells the steps of a test one by one: each is running, then done or failed. */
class StepTeller {
  readonly #tell: (step: TestStep) => void;
  readonly #begun = new Set<FailureStep>();
  #current: { step: FailureStep; facts: TestStep['facts'] } | null = null;

  constructor(tell: (step: TestStep) => void) {
    this.#tell = tell;
  }

  /** What a step found out is known when the next one begins. */
  begin(step: FailureStep, { address, protocol, cipher, mechanism }: Partial<StepFacts>): void {
    if (this.#current?.step === 'look-up' && address !== undefined) {
      this.finish({ address });
      this.#tell({ step: 'connect', state: 'done', facts: {} });
    } else if (this.#current?.step === 'encrypt' && protocol !== undefined && cipher !== undefined)
      this.finish({ protocol, cipher });
    else this.finish({});
    this.#begun.add(step);
    this.#current = { step, facts: mechanism === undefined ? {} : { mechanism } };
    this.#tell({ ...this.#current, state: 'running' });
  }

  /** Tells more of a step that is over. */
  add(step: FailureStep, facts: TestStep['facts']): void {
    if (this.#begun.has(step)) this.#tell({ step, state: 'done', facts });
  }

  finish(facts: TestStep['facts']): void {
    if (this.#current !== null)
      this.#tell({ step: this.#current.step, state: 'done', facts: { ...this.#current.facts, ...facts } });
    this.#current = null;
  }

  fail({ kind }: Failure): void {
    // Looking a name up and connecting to what it names are one step to the session; a person is told which it was.
    if (this.#current?.step === 'look-up' && kind !== 'host-not-found' && kind !== 'offline') {
      this.finish({});
      this.#current = { step: 'connect', facts: {} };
    }
    if (this.#current !== null) this.#tell({ ...this.#current, state: 'failed' });
    this.#current = null;
  }
}
