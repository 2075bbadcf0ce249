import type { FailureStep, OtherProtocol } from '../../../shared/failure.ts';
import { Pop3SessionError } from './failure.ts';
import { cleanServerBytes } from './server-text.ts';

/** The replies no longer fit the commands; `line` is the one that showed it. */
export function outOfStep(step: FailureStep, line?: Buffer): Pop3SessionError {
  const serverText = line === undefined ? '' : cleanServerBytes(line);
  return new Pop3SessionError({ kind: 'protocol', step, canRetry: true, ...told(serverText) });
}

/** Something other than a POP3 server answers; `bytes` are what it said first. */
export function notPop3(found: OtherProtocol, bytes: Buffer): Pop3SessionError {
  const serverText = found === 'tls' ? '' : cleanServerBytes(bytes);
  return new Pop3SessionError({
    kind: 'not-pop3',
    found,
    step: 'greeting',
    canRetry: false,
    ...told(serverText),
  });
}

/** The server has hung up while replies were due; `serverText` is what it said last. */
export function hungUp(step: FailureStep, serverText: string): Pop3SessionError {
  return new Pop3SessionError({ kind: 'connection-lost', step, canRetry: true, ...told(serverText) });
}

function told(serverText: string): { readonly serverText?: string } {
  return serverText === '' ? {} : { serverText };
}
