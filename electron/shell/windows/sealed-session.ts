import { app, type Session, session } from 'electron';

const ownSchemes = new Set(['poppy:', 'poppy-message:', 'poppy-part:', 'data:', 'devtools:']);

/** Whether a page may load this address. Only addresses that the program itself serves are allowed. */
export function isOwnUrl(url: string): boolean {
  try {
    return ownSchemes.has(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * Stops all name look-ups of pages, in every session. A proxy does not stop `<link rel="dns-prefetch">`: Chromium asks
 * the resolver straight away. So the resolver itself is closed. Node's own look-ups still work. Must run before the app
 * is ready.
 */
export function closeResolver(): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/**
 * The one session of all windows. It is kept in memory and cannot reach the network. The proxy leads to a port that
 * nothing listens on. It takes every scheme, loopback included, so that neither a look-up nor an early connection
 * leaves. The filter cancels the requests that still come. Permissions and downloads are refused.
 */
export async function sealedSession(): Promise<Session> {
  const sealed = session.fromPartition('poppy');
  await sealed.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'socks5://127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
  sealed.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isOwnUrl(details.url) }));
  sealed.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  sealed.setPermissionCheckHandler(() => false);
  sealed.setDevicePermissionHandler(() => false);
  sealed.on('will-download', (event) => event.preventDefault());
  sealed.setSpellCheckerEnabled(false);
  return sealed;
}
