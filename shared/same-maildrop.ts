import type { ServerSettings } from './model.ts';

type Place = Pick<ServerSettings, 'host' | 'port' | 'user'>;

/** The two usual ports of POP3 lead to the same mail; any other port of a host may be another server behind it. */
const usualPorts: readonly number[] = [110, 995];

/** Whether two places hold the same mail for certain: one user of one host. */
export function isSameMaildrop(one: Place, other: Place): boolean {
  const isSamePort =
    one.port === other.port || (usualPorts.includes(one.port) && usualPorts.includes(other.port));
  return isSamePort && one.user === other.user && one.host.toLowerCase() === other.host.toLowerCase();
}
