import type { Security } from './account.ts';

/* The port numbers of POP3. */

/** The port of POP3 inside TLS. RFC 8314 §7.3. */
export const tlsPort = 995;

/** The port of POP3 that begins in the open, and goes on so or by STARTTLS. RFC 1939 §3. */
export const plainPort = 110;

/** The highest number a port can have. */
export const highestPort = 65_535;

/** The usual port for a kind of protection. */
export function usualPort(security: Security): number {
  return security === 'tls' ? tlsPort : plainPort;
}
