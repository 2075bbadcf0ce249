import { fixedSteps, type Mechanism, sendable } from './mechanism.ts';

/** PLAIN: name and password in one message. RFC 4616 §2; the server does the preparing of strings, not we. */
export function plain(user: string, password: string): Mechanism {
  const message = Buffer.concat([
    Buffer.from([0]),
    sendable('user', user),
    Buffer.from([0]),
    sendable('password', password),
  ]);
  return fixedSteps('PLAIN', true, [() => message]);
}
