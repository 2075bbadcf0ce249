import type { ServerSettings } from './account.ts';
import { plainPort, tlsPort } from './ports.ts';

type MaildropAddress = Pick<ServerSettings, 'host' | 'port' | 'user'>;

/** The two usual ports of POP3 lead to the same mail; any other port of a host may be another server behind it. */
const usualPorts: readonly number[] = [plainPort, tlsPort];

/** Whether two addresses lead to the same mail for certain: one user of one host. */
export function isSameMaildrop(one: MaildropAddress, other: MaildropAddress): boolean {
  const isSamePort =
    one.port === other.port || (usualPorts.includes(one.port) && usualPorts.includes(other.port));
  return isSamePort && one.user === other.user && one.host.toLowerCase() === other.host.toLowerCase();
}
