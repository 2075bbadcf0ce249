import type { FailureKind } from '../../shared/failure.ts';

/** Exit code of full success. With any other code, something that was asked for is not done. */
export const exitDone = 0;
/** A part was done, the rest was not. */
export const exitPartly = 1;
/** The command line itself was wrong. */
export const exitUsage = 2;

const network = 3;
const encryption = 4;
const signIn = 5;
const busy = 6;
const server = 7;
const disk = 8;
const input = 9;
const stopped = 130;
const mistake = 70;

const codes: Record<FailureKind, number> = {
  offline: network,
  'host-not-found': network,
  refused: network,
  timeout: network,
  'connection-lost': network,
  'proxy-failed': network,
  'not-pop3': network,
  certificate: encryption,
  'encryption-unavailable': encryption,
  'encryption-failed': encryption,
  'plaintext-not-allowed': encryption,
  authentication: signIn,
  'pop-disabled': signIn,
  'mechanism-unavailable': signIn,
  'weaker-sign-in': signIn,
  'password-missing': signIn,
  'sign-in-again': signIn,
  'keyring-unavailable': signIn,
  'account-exists': input,
  'mailbox-busy': busy,
  'login-delay': busy,
  'server-refused': server,
  'server-trouble': server,
  protocol: server,
  'too-large': server,
  'deletion-ignored': server,
  'deletion-unknown': server,
  'messages-unfetched': server,
  'perhaps-here': server,
  'server-list-changed': server,
  'disk-full': disk,
  'folder-read-only': disk,
  'store-busy': disk,
  'store-damaged': disk,
  'store-newer': disk,
  'not-found': input,
  'unreadable-file': input,
  'bad-input': exitUsage,
  cancelled: stopped,
  internal: mistake,
};

/** Exit code of a failure, by its class: 3 network, 4 encryption, 5 sign-in, 6 busy, 7 server, 8 disk, 9 input. */
export function exitCodeOf(kind: FailureKind): number {
  return codes[kind];
}
