import { createHash } from 'node:crypto';
import { sendable } from './mechanism.ts';

/** The digest APOP sends instead of the password: MD5 of the greeting's timestamp and the password. RFC 1939 §7. */
export function apopDigest(timestamp: string, password: string): string {
  // The timestamp is digested as it came, so that a server's odd bytes do no harm.
  return createHash('md5')
    .update(Buffer.from(timestamp, 'latin1'))
    .update(sendable('password', password))
    .digest('hex');
}

/**
 * The timestamp of a greeting with its angle brackets, or null. It must look like a message id and be pure ASCII:
 * a false server that may choose any bytes can find parts of the password from MD5 collisions. RFC 1939 §7.
 */
export function apopTimestamp(greeting: string): string | null {
  return /<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>/.exec(greeting)?.[0] ?? null;
}
