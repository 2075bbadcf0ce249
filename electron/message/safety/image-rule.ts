/** Decides under which address an image of a message may be shown. */
import type { ImageRule } from './css-value.ts';
import { rasterTypeOf } from './raster-type.ts';

/** Whether and under which address a remote image is shown; the function gets an https address. */
export type RemoteImageRule = 'block' | ((url: string) => string | null);

/** What was left out or passed while images were judged. */
export type ImageTally = {
  /** Remote images that were not shown. */
  blockedRemote: number;
  /** Remote images of at most one pixel, or hidden ones. They are never asked for. */
  trackers: number;
  readonly remoteHosts: Set<string>;
  /** Every address an image was given; a second pass knows its own by them. */
  readonly given: Set<string>;
};

/** Inline `data:` images above this many characters of base64 are left out: they belong in a part of their own. */
const maximumDataLength = 1_400_000;

/** Where the pictures of one message are found. */
export type ImageSources = {
  readonly contentIdUrl: (contentId: string) => string | null;
  /** Address of the part that a location names, as it is written or in full. RFC 2557. */
  readonly locationUrl: (location: string) => string | null;
  readonly remoteImages: RemoteImageRule;
  /** What relative addresses are relative to; null where nothing says it. */
  readonly base: string | null;
};

/** An address in full; as it is written where it is no address or nothing says what it is relative to. */
export function resolved(url: string, base: string | null): string {
  return base !== null && URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** Makes the rule for one message: parts by `cid:` or location, small raster `data:`, remote ones as the person allowed. */
export function imageRule(
  { contentIdUrl, locationUrl, remoteImages, base }: ImageSources,
  tally: ImageTally,
): ImageRule {
  const remote = (url: string): string | null => {
    const address = remoteAddress(url);
    if (address === null) return null;
    tally.remoteHosts.add(address.hostname);
    const shown = remoteImages === 'block' ? null : remoteImages(address.href);
    if (shown === null) tally.blockedRemote += 1;
    return shown;
  };
  return (raw) => {
    const url = browserTrimmed(raw);
    const shown = /^cid:/i.test(url)
      ? contentIdUrl(contentIdIn(url.slice('cid:'.length)))
      : /^data:/i.test(url)
        ? rasterData(url)
        : (locationUrl(url) ?? locationUrl(resolved(url, base)) ?? remote(resolved(url, base)));
    if (shown !== null) tally.given.add(shown);
    return shown;
  };
}

/** Removes what a browser ignores in an address: line ends and tabs anywhere, controls and blanks around it. */
export function browserTrimmed(url: string): string {
  return withoutEnds(url.replace(/[\t\n\r]/g, ''), /[\0-\x20]/);
}

/** Takes characters off both ends. A pattern anchored at the end would try each run of them inside the text too. */
export function withoutEnds(text: string, taken: RegExp): string {
  let start = 0;
  let end = text.length;
  while (start < end && taken.test(text.charAt(start))) start += 1;
  while (end > start && taken.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The https address of a remote image, without user info; plain http is raised to https. Null for anything else. */
export function remoteAddress(url: string): URL | null {
  const absolute = /^[\\/]{2}/.test(url) ? `https:${url}` : url;
  if (!/^https?:/i.test(absolute) || !URL.canParse(absolute)) return null;
  const address = new URL(absolute.replace(/^http:/i, 'https:'));
  address.username = '';
  address.password = '';
  address.hash = '';
  return address;
}

/** The id that the rest of a `cid:` address names, without brackets. RFC 2392. */
export function contentIdIn(text: string): string {
  try {
    return decodeURIComponent(text).replace(/^<|>$/g, '');
  } catch {
    // A stray per cent sign: the text is taken as it stands.
    return text;
  }
}

function rasterData(url: string): string | null {
  if (url.length > maximumDataLength) return null;
  const match = /^data:image\/[a-z+.-]+\s*;\s*base64\s*,(.*)$/is.exec(url);
  const base64 = match?.[1]?.replace(/\s/g, '');
  if (base64 === undefined || !/^[a-z0-9+/]+={0,2}$/i.test(base64)) return null;
  const type = rasterTypeOf(Buffer.from(base64.slice(0, 64), 'base64'));
  return type === null ? null : `data:${type};base64,${base64}`;
}
