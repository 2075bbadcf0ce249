import { useEffect, useRef, useState } from 'react';
import type { SettingsCandidate } from '../../../shared/account-setup.ts';
import type { OAuthOffer } from '../../../shared/oauth.ts';
import { poppy } from '../../bridge/poppy.ts';

/**
 * What is known of signing in in the browser for a host; null where nothing is. `found` is what the search found.
 * `onOffer` is called with each answer, and with the one before it.
 */
export function useOffer(
  host: string,
  found: SettingsCandidate | null,
  onOffer: (offer: OAuthOffer | null, before: OAuthOffer | null) => void,
): OAuthOffer | null {
  const tell = useRef(onOffer);
  tell.current = onOffer;
  const last = useRef<OAuthOffer | null>(null);
  const [offer, setOffer] = useState<{ readonly host: string; readonly value: OAuthOffer | null } | null>(
    null,
  );
  const isOfFound = found !== null && found.server.host === host;
  const endpoints = isOfFound ? found.oauthEndpoints : null;
  const providerName = isOfFound ? found.providerName : null;
  useEffect(() => {
    let isWanted = true;
    void poppy.request('sign-in/offer', { host, providerName, endpoints }).then((value) => {
      if (!isWanted) return;
      setOffer({ host, value });
      tell.current(value, last.current);
      last.current = value;
    });
    return () => {
      isWanted = false;
    };
  }, [host, providerName, endpoints]);
  return offer?.host === host ? offer.value : null;
}
