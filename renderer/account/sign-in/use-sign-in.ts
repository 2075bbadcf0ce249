import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/failure.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import type { ProxyChoice } from '../../../shared/proxy.ts';
import { poppy } from '../../bridge/poppy.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { newAttempt } from '../testing/attempt.ts';

/** A sign-in in the browser under way or over. */
export type BrowserSignIn = {
  readonly isWaiting: boolean;
  readonly failure: Failure | null;
  /** Opens the browser and waits. Answers the name of the grant, or null where nobody signed in. */
  readonly begin: (oauth: OAuthSettings, address: string, proxy?: ProxyChoice) => Promise<string | null>;
  readonly stop: () => void;
};

/** Signs a person in in the system's browser. Leaving the page ends the waiting. */
export function useSignIn(): BrowserSignIn {
  const t = useTexts();
  const current = useRef<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const stop = useCallback(() => {
    const attempt = current.current;
    current.current = null;
    if (attempt !== null) void poppy.request('sign-in/stop', { attempt });
    setWaiting(false);
  }, []);
  const begin: BrowserSignIn['begin'] = async (oauth, address, proxy) => {
    const attempt = newAttempt();
    current.current = attempt;
    setFailure(null);
    setWaiting(true);
    const texts = { done: t('signin.browser-done'), refused: t('signin.browser-refused') };
    const outcome = await poppy.request('sign-in/begin', {
      ...{ attempt, oauth, address, texts },
      ...(proxy === undefined ? {} : { proxy }),
    });
    if (current.current !== attempt) return null;
    current.current = null;
    setWaiting(false);
    if (outcome.ok) return outcome.value.grant;
    setFailure(outcome.failure);
    return null;
  };
  useEffect(() => stop, [stop]);
  return { isWaiting, failure, begin, stop };
}
