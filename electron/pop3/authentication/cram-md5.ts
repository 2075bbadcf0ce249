import { createHmac } from 'node:crypto';
import { brokenExchange, fixedSteps, type Mechanism, sendable } from './mechanism.ts';

/** CRAM-MD5: a keyed digest of the server's challenge. RFC 2195 §2. The password can be guessed from it off-line. */
export function cramMd5(user: string, password: string): Mechanism {
  const name = sendable('user', user);
  const key = sendable('password', password);
  const answer = (challenge: Uint8Array): Uint8Array => {
    if (challenge.length === 0) throw brokenExchange('CRAM-MD5 without a challenge');
    const digest = createHmac('md5', key).update(challenge).digest('hex');
    return Buffer.concat([name, Buffer.from(` ${digest}`)]);
  };
  return fixedSteps('CRAM-MD5', false, [answer]);
}
