import type { ServerSettings } from '../../../shared/account.ts';
import { ProxyError } from '../../network/proxy-dial.ts';
import type { Routes } from '../../network/routes.ts';
import type { Dial } from '../../pop3/connection/connect.ts';
import { Pop3SessionError } from '../../pop3/replies/failure.ts';

/** The way to a mail server through its account's proxy; undefined where connections go out directly. */
export function proxiedDial(
  routes: Pick<Routes, 'to'>,
  { host, port, proxy }: Pick<ServerSettings, 'host' | 'port' | 'proxy'>,
): Dial | undefined {
  const dial = routes.to(host, port, proxy);
  if (dial === undefined) return undefined;
  return async (name, at, signal) => {
    try {
      return await dial(name, at, signal);
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      // A wrong password at the proxy does not pass by itself, but nothing secret of the mailbox was sent either.
      throw new Pop3SessionError(
        { kind: 'proxy-failed', why: error.why, step: 'connect', canRetry: true },
        { cause: error },
      );
    }
  };
}
