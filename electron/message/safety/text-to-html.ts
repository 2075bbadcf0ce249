/** Shows plain text: quoted levels, live links, flowed paragraphs (RFC 3676), a dimmed signature. */
import { LinkifyIt } from 'linkify-it';
import { browserAddress } from './browser-address.ts';
import { type BodyLink, escapeHtml, type SafeBody, safeDocument } from './safe-body.ts';

/** Parameters of text/plain that change how lines are joined. RFC 3676 §4. */
export type TextFormat = { readonly flowed?: boolean; readonly delSp?: boolean };

/** Lines of one quoted level that stand together. */
type Block = { depth: number; isSignature: boolean; lines: string[] };

const maximumDepth = 40;
const colours = 5;

/*
 * A text may have so many lines, changes of the quoted level and live links. The rest is shown too, without levels and
 * links. A letter has hundreds, a log of 10 MB a hundred thousand lines; millions are made to keep a reader waiting.
 */
const mostLines = 200_000;
const mostBlocks = 20_000;
const mostLinks = 10_000;
/** A line longer than this holds no addresses that anybody wrote. Characters. */
const longestLinkedLine = 200_000;

/** Turns plain text into a safe document of the same form as a cleaned HTML body. */
export function textToHtml(text: string, format: TextFormat = {}): SafeBody {
  const links: BodyLink[] = [];
  const { lines, rest } = firstLines(text.replace(/\0/g, '\ufffd'));
  const blocks = blocksOf(
    format.flowed === true ? reflowed(lines, format.delSp === true) : quotedLines(lines),
  );
  return {
    html: safeDocument({
      doctype: '<!DOCTYPE html>',
      htmlAttributes: '',
      styles: '',
      bodyAttributes: ' class="poppy-text"',
      content: nested(blocks.slice(0, mostBlocks), links) + asItStands(blocks.slice(mostBlocks), rest),
    }),
    blockedRemote: 0,
    trackers: 0,
    remoteHosts: [],
    links,
    drawn: [],
    warnings: [],
  };
}

/** The first lines of a text, and all that follows them. */
function firstLines(text: string): { lines: string[]; rest: string } {
  const lines: string[] = [];
  const ends = /\r\n|\r|\n/g;
  let at = 0;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    lines.push(text.slice(at, end.index));
    at = ends.lastIndex;
    if (lines.length === mostLines) return { lines, rest: text.slice(at) };
  }
  lines.push(text.slice(at));
  return { lines, rest: '' };
}

/** Lines without levels and links. */
function asItStands(blocks: readonly Block[], rest: string): string {
  const quoted = blocks.flatMap(({ depth, lines }) =>
    depth === 0 ? lines : lines.map((line) => `${'>'.repeat(depth)} ${line}`),
  );
  if (rest !== '') quoted.push(rest);
  return quoted.length === 0 ? '' : `<div>${escapeHtml(quoted.join('\n'))}</div>`;
}

type Line = { readonly depth: number; readonly text: string };

/** Reads `>` marks as people write them, with or without blanks between. */
function quotedLines(lines: readonly string[]): Line[] {
  return lines.map((line) => {
    // Not by a pattern: one that goes back step by step runs out of stack on megabytes of marks.
    let depth = 0;
    let at = 0;
    for (let next = markAt(line, 0); next > 0; next = markAt(line, at)) {
      depth += 1;
      at = next;
    }
    if (depth > 0 && line[at] === ' ') at += 1;
    return { depth: Math.min(depth, maximumDepth), text: line.slice(at) };
  });
}

/** Where the quote mark at `at` ends, a blank before it included; 0 where there is none. */
function markAt(line: string, at: number): number {
  if (line[at] === '>') return at + 1;
  return line[at] === ' ' && line[at + 1] === '>' ? at + 2 : 0;
}

/** Joins flowed lines: the quote marks go first, then the stuffed space, then a last space means "goes on". RFC 3676 §4.2. */
function reflowed(lines: readonly string[], delSp: boolean): Line[] {
  const joined: Line[] = [];
  let pieces: string[] = [];
  let openDepth = -1;
  const close = (): void => {
    if (pieces.length > 0) joined.push({ depth: openDepth, text: pieces.join('') });
    pieces = [];
  };
  for (const line of lines) {
    const depth = Math.min(/^>*/.exec(line)?.[0].length ?? 0, maximumDepth);
    const text = line.replace(/^>*/, '').replace(/^ /, '');
    const isSignature = text === '-- ';
    const goesOn = text.endsWith(' ') && !isSignature;
    if (isSignature || depth !== openDepth) close();
    openDepth = depth;
    pieces.push(goesOn && delSp ? text.slice(0, -1) : text);
    if (!goesOn) close();
  }
  close();
  return joined;
}

function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const last = blocks[blocks.length - 1];
    // The signature mark of RFC 3676 §4.3 holds to the end of its quoted level.
    const opensSignature = line.text === '-- ';
    if (last !== undefined && last.depth === line.depth && (last.isSignature || !opensSignature))
      last.lines.push(line.text);
    else blocks.push({ depth: line.depth, isSignature: opensSignature, lines: [line.text] });
  }
  return blocks;
}

function nested(blocks: readonly Block[], links: BodyLink[]): string {
  let html = '';
  let depth = 0;
  for (const block of blocks) {
    for (; depth > block.depth; depth -= 1) html += '</blockquote>';
    for (; depth < block.depth; depth += 1) html += `<blockquote class="q${(depth % colours) + 1}">`;
    const kind = block.isSignature ? ' class="poppy-signature"' : '';
    html += `<div${kind}>${block.lines.map((line) => linked(line, links)).join('\n')}</div>`;
  }
  return html + '</blockquote>'.repeat(depth);
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, maxLength: 2_048 });
for (const scheme of ['ftp:', '//']) linkify.add(scheme, null);

/** Escapes one line and makes its addresses live; a bare host is live only after `www.`, as file names look like hosts. */
function linked(line: string, links: BodyLink[]): string {
  const isBeyond = links.length >= mostLinks || line.length > longestLinkedLine;
  if (isBeyond || !/:\/\/|www\.|@|mailto:/i.test(line)) return escapeHtml(line);
  let html = '';
  let from = 0;
  for (const match of linkify.match(line) ?? []) {
    const isLink = match.schema !== '' || /^www\./i.test(match.raw);
    if (links.length >= mostLinks) break;
    const href = isLink ? browserAddress(match.url) : null;
    if (href === null) continue;
    links.push({ href, text: match.raw });
    html += `${escapeHtml(line.slice(from, match.index))}<a href="${escapeHtml(href)}">${escapeHtml(match.raw)}</a>`;
    from = match.lastIndex;
  }
  return html + escapeHtml(line.slice(from));
}
