import { useCallback, useEffect, useRef, useState } from 'react';
import type { ServerSettings } from '../../../shared/account.ts';
import type { CertificateQuestion, TestOutcome, TestStep } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { poppy } from '../../bridge/poppy.ts';
import { usePoppyEvent } from '../../bridge/use-event.ts';
import { newAttempt } from './attempt.ts';

/** What a test signs in with: a typed password, a sign-in in the browser, or what is kept of an account. */
export type TestSecret =
  | { readonly password: string }
  | { readonly grant: string }
  | { readonly accountId: AccountId; readonly allowsNewKey: boolean };

/** A connection test under way or over. */
export type ConnectionTest = {
  readonly steps: readonly TestStep[];
  readonly isRunning: boolean;
  readonly failure: Failure | null;
  readonly outcome: TestOutcome | null;
  readonly question: CertificateQuestion | null;
  readonly start: (server: ServerSettings, secret: TestSecret) => void;
  readonly stop: () => void;
};

/** Tests settings and follows the test step by step. */
export function useConnectionTest(): ConnectionTest {
  const current = useRef<string | null>(null);
  const [steps, setSteps] = useState<readonly TestStep[]>([]);
  const [isRunning, setRunning] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [question, setQuestion] = useState<CertificateQuestion | null>(null);
  usePoppyEvent('account/test-step', ({ attempt, step }) => {
    if (attempt !== current.current) return;
    // A step that is taken again, as CAPA after the sign-in, stays in its line.
    setSteps((before) =>
      before.some((other) => other.step === step.step)
        ? before.map((other) => (other.step === step.step ? step : other))
        : [...before, step],
    );
  });
  usePoppyEvent('account/certificate-asked', (asked) => {
    if (asked.attempt === current.current) setQuestion(asked.question);
  });
  const stop = useCallback(() => {
    const attempt = current.current;
    current.current = null;
    if (attempt !== null) void poppy.request('account/stop-attempt', { attempt });
    setRunning(false);
  }, []);
  const start = useCallback<ConnectionTest['start']>((server, secret) => {
    const attempt = newAttempt();
    current.current = attempt;
    setSteps([]);
    setFailure(null);
    setOutcome(null);
    setQuestion(null);
    setRunning(true);
    const kept = { password: null, accountId: null, allowsNewKey: false, ...secret };
    void poppy.request('account/test', { attempt, server, ...kept }).then((result) => {
      if (current.current !== attempt) return;
      setRunning(false);
      if (result.ok) setOutcome(result.value);
      else setFailure(result.failure);
    });
  }, []);
  useEffect(() => stop, [stop]);
  return { steps, isRunning, failure, outcome, question, start, stop };
}
