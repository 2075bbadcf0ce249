/** Which files the body of a message points to, and which of them its cleaned page draws. */
import type { Attachment } from '../../../shared/message.ts';
import type { CarriedFile, PointedPart } from '../attachments/attachment.ts';
import { noContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from '../headers/encoded-words.ts';
import { firstField } from '../headers/header-block.ts';
import { rasterTypeOf } from '../safety/raster-type.ts';
import type { Part } from '../structure/part.ts';
import type { ParsedMessage } from './parsed-message.ts';

/** What relative addresses are relative to where nothing says it. RFC 2557 §5. */
const noBase = 'thismessage:/';

function isPicture(file: CarriedFile): boolean {
  const head: Buffer[] = [];
  let length = 0;
  for (const chunk of file.open()) {
    head.push(chunk.subarray(0, 16));
    length += chunk.length;
    if (length >= 16) break;
  }
  return rasterTypeOf(Buffer.concat(head)) !== null;
}

/** An address as a header gives it: folded, and against the standard in encoded words. RFC 2557 §4.4. */
function addressIn(raw: string | null): string | null {
  const decoded = raw?.includes('=?') ? decodeHeaderText(raw, null, noContext) : raw;
  return decoded?.replace(/\s+/g, '') || null;
}

/** The files that the HTML of a body can point to. None where it points to nothing. */
export function pointedParts(files: readonly CarriedFile[], html: string | null): PointedPart[] {
  if (html === null) return [];
  const hasIds = /\bcid:/i.test(html);
  const locations = files.map((file) => addressIn(file.contentLocation));
  if (!hasIds && !locations.some((location) => location !== null)) return [];
  return files.flatMap((file, index) => {
    const location = locations[index] ?? null;
    const { part, contentId, name } = file;
    if (!hasIds && location === null) return [];
    return [{ part, contentId, location, name, isPicture: isPicture(file) }];
  });
}

/** What the headers of the first HTML part, or of those around it, say its addresses are relative to. RFC 2557 §5. */
export function baseOf(root: Part): string | null {
  const find = (part: Part, outer: string | null): string | null | undefined => {
    const own = addressIn(
      firstField(part.fields, 'content-base') ?? firstField(part.fields, 'content-location'),
    );
    const base =
      own !== null && URL.canParse(own, outer ?? noBase) ? new URL(own, outer ?? noBase).href : outer;
    if (part.type === 'text/html') return base;
    for (const child of part.children) {
      const found = find(child, base);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find(root, null) ?? null;
}

/** Under which addresses the parts of a message are shown. */
type PartAddress = (part: string) => string;

function inFull(location: string, base: string | null): string {
  return URL.canParse(location, base ?? noBase) ? new URL(location, base ?? noBase).href : location;
}

/** Finds the parts that addresses in the HTML mean: `cid:` by id, else by the name of a file without one; and by location. */
export function partFinder(
  { pointed, base }: Pick<ParsedMessage, 'pointed' | 'base'>,
  addressOf: PartAddress,
): {
  readonly contentIdUrl: (id: string) => string | null;
  readonly partLinkUrl: (id: string) => string | null;
  readonly locationUrl: (location: string) => string | null;
  readonly base: string | null;
} {
  const pictures = pointed.filter((one) => one.isPicture);
  const byId = (among: readonly PointedPart[], id: string): string | null => {
    const lower = id.toLowerCase();
    const found =
      among.find((one) => one.contentId === id) ??
      among.find((one) => one.contentId?.toLowerCase() === lower) ??
      among.find((one) => one.contentId === null && one.name.toLowerCase() === lower);
    return found ? addressOf(found.part) : null;
  };
  const located = pictures.filter((one) => one.location !== null);
  return {
    contentIdUrl: (id) => byId(pictures, id),
    partLinkUrl: (id) => byId(pointed, id),
    locationUrl: (location) => {
      if (located.length === 0 || location === '') return null;
      const full = inFull(location, base);
      const found = located.find(
        (one) =>
          one.location === location ||
          inFull(one.location ?? '', base) === full ||
          inFull(one.location ?? '', null) === full,
      );
      return found ? addressOf(found.part) : null;
    },
    base,
  };
}

/** Takes the files that the cleaned page really draws out of the list of attachments: `isInline`. All others are listed. */
export async function withDrawnParts(message: ParsedMessage): Promise<ParsedMessage> {
  if (message.html === null || !message.pointed.some((one) => one.isPicture)) return message;
  // Most messages draw nothing, and need no cleaner.
  const { sanitiseHtml } = await import('../safety/sanitise-html.ts');
  const { drawn } = sanitiseHtml(message.html, {
    ...partFinder(message, (part) => `part:${part}`),
    remoteImages: 'block',
  });
  const shown = new Set(drawn);
  const attachments = message.attachments.map(
    (one): Attachment => (shown.has(`part:${one.part}`) ? { ...one, isInline: true } : one),
  );
  return { ...message, attachments };
}
