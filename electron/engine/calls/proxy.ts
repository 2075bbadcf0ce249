import type { Answers, EngineParts } from '../engine-parts.ts';

/** Proxies: their passwords travel one way, in. */
export function proxyCalls({
  proxyPasswords,
}: Pick<EngineParts, 'proxyPasswords'>): Answers<'proxy/set-password'> {
  return {
    'proxy/set-password': ({ proxy, password }) => proxyPasswords.set(proxy, password),
  };
}
