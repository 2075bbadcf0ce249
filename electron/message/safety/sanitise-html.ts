/*
 * The room `safety`: everything about showing a stranger's message. It knows no other room of `message`.
 * - Only what is known to be harmless is kept (allowed-html.ts, allowed-css.ts), and it is written anew. Nothing a sender
 *   wrote reaches the browser unread.
 * - A safe body loads, runs and navigates nothing by itself. The page around it has a policy that holds alone
 *   (message-page.ts).
 * - A remote image is fetched by the engine, over https and from public addresses only (remote-image.ts).
 * - Header text, host names and names of attachments are cleaned of characters that deceive.
 *
 * HTML is parsed as a browser parses it (HTML Standard, 13.2). A new document is written from harmless elements and
 * attributes, and is parsed and cleaned again until it no longer changes. A document that goes on changing is shown as
 * text. Measured on a 200 KB newsletter this takes a fifth of the time of DOMPurify on jsdom, and nothing of a page's
 * machinery is loaded.
 */
import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse } from 'parse5';
import { browserAddress } from './browser-address.ts';
import { cleanDocument } from './clean-document.ts';
import type { CleanTools } from './clean-tools.ts';
import type { CssTally } from './css-filter.ts';
import { darkPaint, hasDarkGround, hasOwnDarkStyle } from './dark-look.ts';
import { contentIdIn, type ImageTally, imageRule, type RemoteImageRule } from './image-rule.ts';
import { placeOfLink, placesOf } from './places.ts';
import type { BodyLink, BodyWarning, SafeBody } from './safe-body.ts';
import { textToHtml } from './text-to-html.ts';

/** How the images of one message are addressed. */
export type SanitiseOptions = {
  /** Address of the part with this Content-ID (without angle brackets), or null when the message has none. */
  readonly contentIdUrl: (contentId: string) => string | null;
  /** Address of the part with this Content-Location, or null when the message has none. RFC 2557. */
  readonly locationUrl?: (location: string) => string | null;
  /** Where a link to the part with this Content-ID leads, or null for nowhere. */
  readonly partLinkUrl?: (contentId: string) => string | null;
  /** What the message's headers say its relative addresses are relative to. */
  readonly base?: string | null;
  readonly remoteImages: RemoteImageRule;
  /** Counts style declarations kept and dropped. */
  readonly cssTally?: CssTally;
  /** Gives it dark colours, unless it has a dark look of its own. */
  readonly isDark?: boolean;
};

/** Characters of HTML beyond this are not shown; real newsletters stay under a tenth of it. */
const maximumLength = 4_000_000;
/** Open elements beyond this cost the layout; Chromium flattens at 512 itself. */
const maximumDepth = 600;
/** How often a document may be cleaned before it counts as built to change. */
const maximumPasses = 4;

/** Turns HTML of any origin into a safe document; never throws. The input is decoded text, its charset is settled before. */
export function sanitiseHtml(html: string, options: SanitiseOptions): SafeBody {
  if (options.isDark !== true) return cleaned(html, options, false);
  // The author's own dark rules show only after cleaning. Few messages have any.
  if (/prefers-color-scheme\s*:\s*dark/i.test(html)) {
    const own = cleaned(html, options, false);
    if (hasOwnDarkStyle(own.html)) return { ...own, look: 'own-dark' };
  }
  return cleaned(html, options, true);
}

function cleaned(html: string, options: SanitiseOptions, wantsDark: boolean): SafeBody {
  const warnings = new Set<BodyWarning>();
  if (html.length > maximumLength) warnings.add('cut');
  const source = html.slice(0, maximumLength);
  const tally: ImageTally = { blockedRemote: 0, trackers: 0, remoteHosts: new Set(), given: new Set() };
  const links: BodyLink[] = [];
  const drawn = new Set<string>();
  const partLinks = new Set<string>();
  const first: Tools = ({ base, goals }) => ({
    images: imageRule(
      {
        contentIdUrl: options.contentIdUrl,
        locationUrl: options.locationUrl ?? (() => null),
        remoteImages: options.remoteImages,
        base: base ?? options.base ?? null,
      },
      tally,
    ),
    linkAddress: linkRule(options, base, partLinks),
    goals,
    noteDrawn: (address) => drawn.add(address),
    countTracker: () => {
      tally.trackers += 1;
    },
    addLink: (link) => links.push(link),
    warn: (warning) => warnings.add(warning),
    styles: new Map(),
    css: { tally: options.cssTally },
    isDark: false,
  });
  // From the second pass on only addresses given in the first one are known, and nothing is counted twice.
  const again: Tools = ({ goals }) => ({
    images: (url) => (tally.given.has(url) ? url : null),
    linkAddress: (href) => (partLinks.has(href) ? href : linkRule(options, null, partLinks)(href)),
    goals,
    noteDrawn: () => undefined,
    countTracker: () => undefined,
    addLink: () => undefined,
    warn: () => undefined,
    styles: new Map(),
    css: {},
    isDark: false,
  });
  const settled = settle(source, first, again, wantsDark);
  if (settled === null) warnings.add('text-only');
  return {
    html: settled?.html ?? textToHtml(roughText(source)).html,
    blockedRemote: settled === null ? 0 : tally.blockedRemote,
    trackers: tally.trackers,
    remoteHosts: [...tally.remoteHosts].sort(),
    links: settled === null ? [] : links,
    drawn: settled === null ? [] : [...drawn],
    warnings: [...warnings].sort(),
    ...(settled?.isDark === true ? { look: 'dark' as const } : {}),
  };
}

/** Tools for a pass, by what the document says of itself. */
type Tools = (places: ReturnType<typeof placesOf>) => CleanTools;

/** Where links lead: to a place in the message, to one of its files, or to where the person is asked about. */
function linkRule(
  options: SanitiseOptions,
  base: string | null,
  partLinks: Set<string>,
): CleanTools['linkAddress'] {
  return (href) => {
    const place = placeOfLink(href);
    if (place !== null) return `#${place}`;
    const partLink = /^\s*cid:(.*)$/is.exec(href)?.[1];
    if (partLink !== undefined) {
      const address = options.partLinkUrl?.(contentIdIn(partLink.trim())) ?? null;
      if (address !== null) partLinks.add(address);
      return address;
    }
    return browserAddress(href, base);
  };
}

type Settled = { readonly html: string; readonly isDark: boolean };

/** Cleans until nothing changes; null when that does not come to an end or the tree is too deep. */
function settle(source: string, first: Tools, again: Tools, wantsDark: boolean): Settled | null {
  try {
    const document = parseBounded(source);
    // Colours are moved in the first pass alone: moved twice they would be others.
    const isDark = wantsDark && !hasDarkGround(document);
    const tools = first(placesOf(document));
    const painting = isDark ? { ...tools, isDark, css: { ...tools.css, paint: darkPaint() } } : tools;
    let clean = cleanDocument(document, painting);
    for (let pass = 1; pass < maximumPasses; pass += 1) {
      const written = parseBounded(clean);
      const next = cleanDocument(written, again(placesOf(written)));
      if (next === clean) return { html: clean, isDark };
      clean = next;
    }
    return null;
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return null;
    throw error;
  }
}

class TooDeep extends Error {}

function parseBounded(source: string): DefaultTreeAdapterMap['document'] {
  let depth = 0;
  return parse(source, {
    // The frame runs no scripts, so a browser reads what is inside <noscript> there as markup too.
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      onItemPush: () => {
        depth += 1;
        if (depth > maximumDepth) throw new TooDeep('elements are nested too deep');
      },
      onItemPop: () => {
        depth -= 1;
      },
    },
  });
}

/** Text of markup that could not be parsed within bounds; only ever shown escaped. */
function roughText(source: string): string {
  return source
    .replace(/<(?:br|p|div|tr|li|h[1-6])\b[^<>]{0,500}>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replace(/\n[\t\n\r ]+/g, '\n\n');
}
