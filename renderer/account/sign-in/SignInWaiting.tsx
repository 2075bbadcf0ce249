import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import type { BrowserSignIn } from './use-sign-in.ts';

type SignInWaitingProps = { readonly signIn: BrowserSignIn; readonly authorizeUrl: string };

/** Says that the browser is waited for, or how the sign-in ended. */
export function SignInWaiting({ signIn, authorizeUrl }: SignInWaitingProps) {
  const t = useTexts();
  const { isWaiting, failure, stop } = signIn;
  return (
    <div role="status" aria-live="polite">
      {isWaiting && (
        <>
          <p className="wizard-looking">
            <Spinner /> {t('signin.waiting', { host: hostOf(authorizeUrl) })}
          </p>
          <Button onPress={stop}>{t('action.stop')}</Button>
        </>
      )}
      {failure?.kind === 'cancelled' && <p>{t('signin.denied')}</p>}
      {failure !== null && failure.kind !== 'cancelled' && <FailureNote failure={failure} />}
    </div>
  );
}

/** The host of an address; empty while it is no address yet. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
