/** Which addresses belong to the public internet; everything else could be this computer or its neighbours. */
import { BlockList, isIP, isIPv4 } from 'node:net';

const closed = new BlockList();
/** IANA special-purpose registry for IPv4, multicast and the reserved upper end. RFC 6890. */
const closedIpv4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
  198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
/** Inside 2000::/3: tunnels that carry any IPv4 address (Teredo, 6to4), documentation and other special blocks. */
const closedIpv6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';
for (const block of closedIpv4.split(/\s+/)) addBlock(block, 'ipv4');
for (const block of closedIpv6.split(/\s+/)) addBlock(block, 'ipv6');

const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');

function addBlock(block: string, family: 'ipv4' | 'ipv6'): void {
  const [network = '', prefix = ''] = block.split('/');
  closed.addSubnet(network, Number(prefix), family);
}

/** Whether an address (without brackets or zone) is a public unicast one. IPv4 inside IPv6 in any form is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}
