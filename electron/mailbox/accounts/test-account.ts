import type { Account } from '../../../shared/account.ts';
import type { CertificateQuestion, TestOutcome, TestStep } from '../../../shared/account-setup.ts';
import type { RequestOf } from '../../../shared/contract.ts';
import type { Failure } from '../../../shared/failure.ts';
import { asksForNewKey, mayKeepPassword } from '../../../shared/password-scope.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { Grants } from '../../account/oauth/grants.ts';
import type { Settings } from '../../account/settings/settings.ts';
import { type Credential, credentialFor } from '../../pop3/authentication/mechanism.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import {
  failureBehind,
  type MaildropTools,
  openServer,
  rememberServer,
} from '../maildrop/maildrop-session.ts';
import { takenMaildrop, unusableServer } from './refused-server.ts';
import { TestSteps } from './test-steps.ts';

type TestTools = Pick<MaildropTools, 'store' | 'vault' | 'tokens' | 'extraAuthorities' | 'wayTo'> & {
  readonly settings: Settings;
  /** Sign-ins in the browser whose account is not added yet. */
  readonly grants?: Pick<Grants, 'find'>;
};

type TestRun = {
  readonly signal: AbortSignal;
  readonly transcript: Transcript;
  onStep(step: TestStep): void;
  /** Called when the server shows a certificate that the person has to judge. */
  onCertificate(question: CertificateQuestion): void;
};

type TestRequest = RequestOf<'account/test'>;

/** Goes through the steps of a session once and reports each. Changes nothing on the server. */
export async function testAccount(
  tools: TestTools,
  request: TestRequest,
  { signal, transcript, onStep, onCertificate }: TestRun,
): Promise<Result<TestOutcome, Failure>> {
  const { server, accountId } = request;
  const refusal = unusableServer(server) ?? takenMaildrop(tools.settings.accounts(), server, accountId);
  if (refusal !== null) return failed(refusal);
  const credential = await credentialOf(tools, request, signal);
  if (!credential.ok) return credential;
  const steps = new TestSteps(onStep);
  try {
    await using session = await openServer(tools, server, credential.value, {
      signal,
      transcript,
      isAccountTest: true,
      onStep: (step, facts) => steps.begin(step, facts),
    });
    return ok(await listedBy(tools, server, session, steps));
  } catch (error) {
    const failure = failureBehind(error, server, signal);
    if (failure === null) throw error;
    steps.fail(failure);
    const question = certificateQuestion(failure);
    if (question !== null) onCertificate(question);
    return failed(failure);
  }
}

/** Lists the maildrop of an open session and ends the session. */
async function listedBy(
  tools: TestTools,
  server: TestRequest['server'],
  session: Pop3Session,
  steps: TestSteps,
): Promise<TestOutcome> {
  steps.begin('list', {});
  const listing = await session.listing();
  await rememberServer(tools, server, session);
  const sizeBytes = listing.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  steps.finish({ count: listing.length, sizeBytes });
  steps.add('capabilities', { capabilities: session.capabilities.lines });
  await session.quit();
  const { expireDays } = session.capabilities;
  return {
    count: listing.length,
    sizeBytes,
    mechanism: session.mechanismUsed,
    hasUidl: listing.length === 0 ? session.capabilities.uidl : listing.some((entry) => entry.uidl !== null),
    expireDays: typeof expireDays === 'number' ? expireDays : null,
  };
}

function certificateQuestion(failure: Failure): CertificateQuestion | null {
  if (failure.kind !== 'certificate' || failure.keySha256 === undefined) return null;
  return {
    problem: failure.problem,
    keySha256: failure.keySha256,
    subject: failure.subject ?? '',
    validTo: failure.validTo ?? '',
  };
}

/**
 * The typed password or the new sign-in, else what is kept. What is kept is shown only to the server it was given for.
 */
async function credentialOf(
  tools: TestTools,
  { server, password, grant, accountId, allowsNewKey }: TestRequest,
  signal: AbortSignal,
): Promise<Result<Credential, Failure>> {
  const account = accountId === null ? undefined : tools.settings.account(accountId);
  const mayGo = ({ server: given }: Account) =>
    mayKeepPassword(given, server) && (allowsNewKey || !asksForNewKey(given, server));
  const isKept = account !== undefined && mayGo(account);
  if (server.oauth !== undefined) {
    const granted = grant === undefined ? undefined : tools.grants?.find(grant);
    if (granted !== undefined) return ok({ kind: 'oauth', accessToken: granted.accessToken });
    if (!isKept || tools.tokens === undefined)
      return failed({ kind: 'sign-in-again', step: 'sign-in', canRetry: false });
    const token = await tools.tokens.accessToken(
      account.id,
      { oauth: server.oauth, proxy: server.proxy },
      signal,
    );
    return token.ok ? ok({ kind: 'oauth', accessToken: token.value }) : token;
  }
  if (password !== null) return ok(credentialFor(server.mechanism, password));
  const kept = isKept ? await tools.vault.get(account.id) : ok(null);
  if (!kept.ok) return kept;
  return kept.value === null
    ? failed({ kind: 'password-missing', step: 'sign-in', canRetry: false })
    : ok(credentialFor(server.mechanism, kept.value));
}
