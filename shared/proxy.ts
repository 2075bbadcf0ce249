/* Proxies: which one connections go through, for the whole program or for one account. */

/** Kinds of proxies that can be set by hand. SOCKS5 looks names up at its far end; HTTP is asked by CONNECT. */
export const proxyKinds = ['socks5', 'http'] as const;

/** A proxy set by hand. Its password lies in the keyring. */
export type ProxyServer = {
  readonly kind: (typeof proxyKinds)[number];
  readonly host: string;
  readonly port: number;
  /** Empty where the proxy asks nobody to sign in. */
  readonly user: string;
};

/** What connections go through: what the system says, nothing, or a proxy set by hand. */
export type ProxyChoice = { readonly kind: 'system' } | { readonly kind: 'none' } | ProxyServer;

/** Usual ports: of SOCKS (RFC 1928 §3), and of HTTP proxies by custom. */
export const proxyPorts = { socks5: 1080, http: 3128 } as const satisfies Record<ProxyServer['kind'], number>;

/** Whether a choice names a proxy by hand. */
export function isProxy(choice: ProxyChoice): choice is ProxyServer {
  return choice.kind === 'socks5' || choice.kind === 'http';
}
