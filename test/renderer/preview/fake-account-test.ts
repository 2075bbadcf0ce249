import type { EventName, Events, ReplyOf, RequestOf } from '../../../shared/contract.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok } from '../../../shared/result.ts';

const testSteps = ['look-up', 'connect', 'encrypt', 'capabilities', 'sign-in', 'list'] as const;
type TestReply = ReplyOf<'account/test'>;
type Tell = <Name extends EventName>(name: Name, payload: Events[Name]) => void;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** A server at this port shows a certificate of its own. */
export const selfSignedPort = 1995;
const keySha256 = 'ab'.repeat(32);

/**
 * The test of an account. A host whose name begins with `self` shows a certificate of its own; one named `….weaker` signs in with less protection than before.
 */
export function fakeAccountTest(tell: Tell) {
  let isWeakerAllowed = false;
  const stumble = (
    step: string,
    { attempt, server, ...request }: RequestOf<'account/test'>,
  ): Failure | null => {
    const { host } = server;
    const isSelfSigned = host.startsWith('self') || server.port === selfSignedPort;
    if (step === 'encrypt' && isSelfSigned && server.pinnedKeySha256 === undefined) {
      const question = { keySha256, subject: 'CN=self.example', validTo: '2030-01-01' };
      tell('account/certificate-asked', { attempt, question: { problem: 'self-signed', ...question } });
      return { kind: 'certificate', problem: 'self-signed', host, canRetry: false };
    }
    if (step !== 'sign-in') return null;
    if (server.pinnedKeySha256 !== undefined && request.password === null && !request.allowsNewKey)
      return { kind: 'password-missing', step, canRetry: false };
    return host.endsWith('weaker') && !isWeakerAllowed
      ? { kind: 'weaker-sign-in', step, host, canRetry: false }
      : null;
  };
  const test = async (request: RequestOf<'account/test'>): Promise<TestReply> => {
    for (const step of testSteps) {
      const say = (state: 'running' | 'done' | 'failed', facts = {}) =>
        tell('account/test-step', { attempt: request.attempt, step: { step, state, facts } });
      say('running');
      await pause(60);
      if (request.accountId !== null && step === 'capabilities')
        tell('server/transcript-line', {
          accountId: request.accountId,
          lines: [
            { at: Date.now(), direction: 'client', text: 'CAPA' },
            { at: Date.now(), direction: 'server', text: '+OK' },
          ],
        });
      const failure = stumble(step, request);
      if (failure !== null) {
        say('failed');
        return failed(failure);
      }
      say('done', step === 'list' ? { count: 1204, sizeBytes: 86_000_000 } : {});
    }
    return ok({
      count: 1204,
      sizeBytes: 86_000_000,
      mechanism: 'SCRAM-SHA-256' as const,
      hasUidl: true,
      expireDays: null,
    });
  };
  const allowWeakerSignIn = () => {
    isWeakerAllowed = true;
    return null;
  };
  return { test, allowWeakerSignIn };
}
