import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import { splitAddress, tidyAddress } from '../../../shared/account-fields.ts';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';

/** An address ready for a search: `domain` and the end of `address` are ASCII, as servers and DNS want them. */
export type SearchedAddress = { readonly address: string; readonly local: string; readonly domain: string };

/** Takes an address as typed. Fails with `bad-input` for a wrong one; `what` is a code of the shared field checks. */
export function searchedAddress(typed: string): Result<SearchedAddress, Failure> {
  const split = splitAddress(tidyAddress(typed));
  if (typeof split === 'string') return failed(badAddress(split));
  const domain = domainToASCII(split.domain);
  if (domain === '') return failed(badAddress('bad-domain'));
  return ok({ address: `${split.local}@${domain}`, local: split.local, domain });
}

function badAddress(what: string): Failure {
  return { kind: 'bad-input', field: 'address', what, canRetry: false };
}

/** The part of a host name that somebody registered: `example.co.uk` of `pop.mail.example.co.uk`. */
export function registrableDomain(host: string): string {
  return getDomain(host) ?? host;
}
