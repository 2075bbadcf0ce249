import type { Account } from '../../../shared/account.ts';
import type { OAuthSettings } from '../../../shared/oauth.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showDone } from '../../bridge/toasts.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { hostOf, SignInWaiting } from './SignInWaiting.tsx';
import { useSignIn } from './use-sign-in.ts';

type SignInAgainProps = { readonly account: Account; readonly oauth: OAuthSettings };

/** How an account signs in, where no password is kept, and the way to do it again. */
export function SignInAgain({ account, oauth }: SignInAgainProps) {
  const t = useTexts();
  const signIn = useSignIn();
  const again = async () => {
    const grant = await signIn.begin(oauth, account.address, account.server.proxy);
    if (grant === null) return;
    const taken = await poppy.request('sign-in/take-over', { accountId: account.id, grant });
    if (!taken.ok) return;
    showDone(taken.value.keyring === 'memory-only' ? 'password-in-memory' : 'signed-in');
  };
  return (
    <>
      <p>{t('signin.account', { host: hostOf(oauth.authorizeUrl) })}</p>
      {!signIn.isWaiting && (
        <div>
          <Button onPress={() => void again()}>{t('signin.again')}</Button>
        </div>
      )}
      <SignInWaiting signIn={signIn} authorizeUrl={oauth.authorizeUrl} />
    </>
  );
}
