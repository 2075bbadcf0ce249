/** The one judge of links: what happens when a person clicks. */
import { getDomain } from 'tldts';
import { type HostFlag, judgeHost } from './host-honesty.ts';
import type { BodyLink } from './safe-body.ts';

/** Why a link is refused or asked about, one word per sentence shown. */
export type LinkReason =
  | HostFlag
  /** Not http, https or mailto, or no address at all. */
  | 'scheme'
  | 'control-characters'
  /** A mailto: that wants a file of this computer attached. */
  | 'attaches-file'
  /** `user@` before the host: the part before it is often dressed up as a host. */
  | 'user-info'
  /** The text names another site or address than the one the link leads to. */
  | 'text-mismatch'
  /** No link of the page leads there as it is written: what text it stood under cannot be told. */
  | 'unknown'
  | 'very-long';

/** What to do with a link: open it, ask with the reasons shown, or refuse. */
export type LinkVerdict = {
  readonly kind: 'open' | 'ask' | 'refuse';
  /** The address as it would be opened; empty when refused. */
  readonly href: string;
  /** Host as people read it; for mailto the address written to. */
  readonly host: string;
  /** Host as the network knows it; differs from `host` for international names. */
  readonly hostAscii: string;
  readonly reasons: readonly LinkReason[];
};

const maximumHref = 32_768;
const longHref = 2_048;

/** Judges a link by its target and the text it stands under. */
export function judgeLink(link: BodyLink): LinkVerdict {
  const raw = link.href.trim();
  if (/[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.test(raw))
    return refused('control-characters');
  if (raw.length > maximumHref) return refused('very-long');
  if (!/^(?:https?|mailto):/i.test(raw) || !URL.canParse(raw)) return refused('scheme');
  const address = new URL(raw);
  return address.protocol === 'mailto:' ? judgeMailto(address, link.text) : judgeWeb(address, link.text);
}

/**
 * Judges the address that a page says was followed, under every text it stands under in that message: the worst counts.
 * An address that the message does not have is asked about: its text may say anything.
 */
export function judgeFollowed(href: string, links: readonly BodyLink[]): LinkVerdict {
  const own = links.filter((link) => link.href === href).map(judgeLink);
  const [first, ...others] = own.length > 0 ? own : [unknown(judgeLink({ href, text: '' }))];
  return others.reduce(
    (worst, one) => (one.reasons.length > worst.reasons.length ? one : worst),
    first ?? refused('scheme'),
  );
}

function unknown(verdict: LinkVerdict): LinkVerdict {
  return verdict.kind === 'refuse'
    ? verdict
    : { ...verdict, kind: 'ask', reasons: [...verdict.reasons, 'unknown'] };
}

function refused(reason: LinkReason): LinkVerdict {
  return { kind: 'refuse', href: '', host: '', hostAscii: '', reasons: [reason] };
}

function judgeWeb(address: URL, text: string): LinkVerdict {
  if (address.hostname === '') return refused('scheme');
  const host = judgeHost(address.hostname);
  const reasons: LinkReason[] = [...host.flags];
  if (address.username !== '' || address.password !== '') reasons.push('user-info');
  if (namesAnotherSite(text, siteOf(host.ascii))) reasons.push('text-mismatch');
  if (address.href.length > longHref) reasons.push('very-long');
  return {
    kind: reasons.length === 0 ? 'open' : 'ask',
    href: address.href,
    host: host.unicode,
    hostAscii: host.ascii,
    reasons,
  };
}

function judgeMailto(address: URL, text: string): LinkVerdict {
  for (const name of address.searchParams.keys())
    if (/^attach(?:ment)?$/i.test(name.trim())) return refused('attaches-file');
  const target = decoded(address.pathname).toLowerCase();
  const shown = plainText(text).toLowerCase();
  const reasons: LinkReason[] = [];
  if (/^\S+@\S+$/.test(shown) && !target.split(',').some((one) => one.trim() === shown))
    reasons.push('text-mismatch');
  if (address.href.length > longHref) reasons.push('very-long');
  const kind = reasons.length === 0 ? 'open' : 'ask';
  return { kind, href: address.href, host: target, hostAscii: target, reasons };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign: the text is taken as it stands.
    return text;
  }
}

/** Registrable domain, or the host itself where there is none. */
function siteOf(host: string): string {
  return getDomain(host, { allowPrivateDomains: true }) ?? host;
}

/** What a reader sees of a text: compatibility forms folded, nothing invisible. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\u00ad]/gu, '')
    .replace(/\u3002/g, '.')
    .trim();
}

const writtenAddress = /(?:https?:\/*|\bwww\.)[^\s<>"'«»“”()[\]]+/giu;
const bareHost = /^(?:[\p{L}\p{N}_-]+\.)+[\p{L}][\p{L}\p{N}-]+(?::\d+)?(?:[/?#]\S*)?$/u;
const bareMailbox = /^[^\s@]+@((?:[\p{L}\p{N}_-]+\.)+[\p{L}][\p{L}\p{N}-]+)$/u;

/** Whether the text contains an address of the web, or is one, that belongs to another site. */
function namesAnotherSite(text: string, site: string): boolean {
  const shown = plainText(text).replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_/]+$/gu, '');
  const named = [...shown.matchAll(writtenAddress)].map((match) => match[0]);
  const mailbox = bareMailbox.exec(shown)?.[1];
  if (mailbox !== undefined) named.push(mailbox);
  else if (bareHost.test(shown)) named.push(shown);
  return named.some((one) => {
    const url = one.replace(/^(?:https?:\/*)?/i, 'https://').replace(/[.,;:!?…]+$/u, '');
    if (!URL.canParse(url)) return true;
    const host = new URL(url).hostname;
    const isName = getDomain(host) !== null || /^https?:/i.test(one);
    return isName && siteOf(host) !== site;
  });
}
