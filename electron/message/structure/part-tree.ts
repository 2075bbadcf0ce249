import { type ByteSource, memorySource, type Range } from '../bytes/byte-source.ts';
import { transferEncodingOf } from '../encoding/transfer-encoding.ts';
import { trueFileEncoding } from '../encoding/true-encoding.ts';
import { contentTypeOf, dispositionOf } from '../headers/content-type.ts';
import { firstField } from '../headers/header-block.ts';
import { type ParameterisedValue, plainParameter } from '../headers/parameters.ts';
import { decodedBytes } from './decoded-bytes.ts';
import { inferBoundary, type Split, splitMultipart } from './multipart.ts';
import type { Part, PartLimits, Warning } from './part.ts';
import { type Entity, type Headers, readPartHeaders } from './part-headers.ts';
import { isStandardPreamble } from './preamble.ts';
import { smimeContent, smimeKindOf } from './signed-content.ts';

/*
 * The room `structure`: the tree of parts of a message.
 * - Building the tree reads headers and delimiters only. Bodies stay in their source until somebody asks for them.
 * - Whatever a sender broke, no words are lost: text outside of the delimiters becomes a part as well.
 * - Parts, depth and header bytes are bounded (`PartLimits`). Each repair leaves a warning.
 */

/** The tree of a message's parts, and what had to be repaired to see it. */
export type PartTree = { readonly root: Part; readonly warnings: readonly Warning[] };

type Building = {
  readonly limits: PartLimits;
  readonly warnings: Warning[];
  parts: number;
};

function warn(building: Building, code: string, detail: string): void {
  if (building.warnings.length < 50) building.warnings.push({ code, detail });
}

function join(path: string, index: number): string {
  return path === '' ? `${index}` : `${path}.${index}`;
}

function boundaryOf(value: ParameterisedValue): string | null {
  const raw = plainParameter(value, 'boundary');
  const boundary = raw?.replace(/[ \t]+$/, '').slice(0, 250) ?? '';
  return boundary === '' ? null : boundary;
}

/** Cuts a multipart body by the boundary it names or else by the one it uses. */
function split(
  building: Building,
  entity: Entity,
  headers: Headers,
  value: ParameterisedValue,
  end: number,
): Split | null {
  const body = { start: headers.bodyStart, end };
  const room = Math.max(1, building.limits.parts - building.parts);
  const boundary = boundaryOf(value);
  if (boundary !== null) {
    const found = splitMultipart(entity.source, body, boundary, room, headers.lineEnds);
    if (found) return found;
  }
  const inferred = inferBoundary(entity.source, body);
  if (inferred === null) return null;
  warn(building, boundary === null ? 'boundary-missing' : 'boundary-wrong', entity.path);
  return splitMultipart(entity.source, body, inferred, room, headers.lineEnds);
}

/** Whether a stretch holds anything but blanks; only its front is looked at. */
function hasText(source: ByteSource, range: Range): boolean {
  return /\S/.test(source.read(range.start, Math.min(range.end, range.start + 4096)).toString('latin1'));
}

/** Parts cut from a multipart, with what stands outside of its delimiters when a person would miss it. */
function childrenOf(building: Building, entity: Entity, path: string, cut: Split, type: string): Part[] {
  const defaultType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const { source, depth } = entity;
  const child = (range: Range, index: number): Part =>
    buildPart(building, {
      source,
      range,
      path: join(path, index),
      depth: depth + 1,
      defaultType,
      isMessage: false,
    });
  const front = source
    .read(cut.preamble.start, Math.min(cut.preamble.end, cut.preamble.start + 2048))
    .toString('latin1');
  const ranges = [...cut.parts];
  let isFrontOutside = false;
  if (/^\s*content-(?:type|transfer-encoding)[ \t]*:/i.test(front)) {
    warn(building, 'first-delimiter-missing', path);
    const skip = front.search(/\S/);
    ranges.unshift({ start: cut.preamble.start + skip, end: cut.preamble.end });
  } else if (/\S/.test(front) && !isStandardPreamble(front)) {
    warn(building, 'text-before-parts', path);
    ranges.unshift(cut.preamble);
    isFrontOutside = true;
  }
  const built = ranges.map((range, index) => ({
    ...child(range, index + 1),
    isOutside: isFrontOutside && index === 0,
  }));
  for (const epilogue of cut.epilogues.slice(0, 20))
    if (hasText(source, epilogue)) {
      warn(building, 'text-after-end', path);
      built.push({ ...child(epilogue, built.length + 1), isOutside: true });
    }
  return built;
}

function isNestedMessage(type: string): boolean {
  return type === 'message/rfc822' || type === 'message/global' || type === 'message/news';
}

/** The message inside a part, looked into also when its sender has encoded it, which the standard forbids. */
function nestedMessage(building: Building, entity: Entity, part: Part): Part | null {
  if (entity.depth >= building.limits.depth || part.end <= part.start) return null;
  const encoding = trueFileEncoding(part);
  const isEncoded = encoding === 'base64' || encoding === 'quoted-printable';
  const bytes = isEncoded ? decodedBytes(part, building.limits.heldBytes) : null;
  const source = bytes ? memorySource(bytes) : part.source;
  const range = bytes ? { start: 0, end: bytes.length } : { start: part.start, end: part.end };
  return buildPart(building, {
    source,
    range,
    path: part.path,
    depth: entity.depth + 1,
    defaultType: 'text/plain',
    isMessage: true,
  });
}

/** A type for a body that no header describes: headerless multiparts show by their first lines. */
function guessedMultipart(entity: Entity, headers: Headers): boolean {
  if (!entity.isMessage) return false;
  const front = entity.source.read(headers.bodyStart, Math.min(entity.range.end, headers.bodyStart + 1000));
  return /^\s*--\S[^\r\n]*\r?[\r\n]+content-[a-z-]+:/i.test(front.toString('latin1'));
}

/** A multipart whose body is itself base64: some gateways encode the whole of it. */
function unwrapped(
  building: Building,
  entity: Entity,
  headers: Headers,
  value: ParameterisedValue,
): Part | null {
  const encoding = transferEncodingOf(firstField(headers.fields, 'content-transfer-encoding'));
  if (encoding === 'identity' || entity.depth >= building.limits.depth) return null;
  const { source, range } = entity;
  const coded = { source, start: headers.bodyStart, end: range.end, encoding };
  const bytes = decodedBytes(coded, building.limits.heldBytes);
  const boundary = boundaryOf(value);
  if (boundary === null || !bytes.includes(`--${boundary}`)) return null;
  warn(building, 'multipart-encoded', entity.path);
  const type = firstField(headers.fields, 'content-type') ?? '';
  const again = Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`, 'latin1'), bytes]);
  const inner = {
    ...entity,
    source: memorySource(again),
    range: { start: 0, end: again.length },
    depth: entity.depth + 1,
  };
  return { ...buildPart(building, inner), fields: headers.fields };
}

function buildPart(building: Building, entity: Entity): Part {
  building.parts++;
  const headers = readPartHeaders(entity, building.limits.headerBytes, (code) =>
    warn(building, code, entity.path),
  );
  const { type, value, isDeclared } = contentTypeOf(headers.fields, entity.defaultType);
  const isGuessed = !isDeclared && guessedMultipart(entity, headers);
  const isMultipart = type.startsWith('multipart/') || isGuessed;
  const canNest = entity.depth < building.limits.depth && building.parts < building.limits.parts;
  if ((isMultipart || isNestedMessage(type)) && !canNest) warn(building, 'too-deep-or-many', entity.path);
  const base = {
    type: isGuessed ? 'multipart/mixed' : type,
    contentType: value,
    disposition: dispositionOf(headers.fields),
    fields: headers.fields,
    source: entity.source,
    start: headers.bodyStart,
    end: entity.range.end,
    encoding: transferEncodingOf(firstField(headers.fields, 'content-transfer-encoding')),
    children: [],
    isOutside: false,
    message: null,
  };
  if (isMultipart && canNest) {
    const cut = split(building, entity, headers, value, entity.range.end);
    if (cut)
      return {
        ...base,
        path: entity.path,
        encoding: 'identity',
        children: childrenOf(building, entity, entity.path, cut, base.type),
      };
    const inner = unwrapped(building, entity, headers, value);
    if (inner) return inner;
    warn(building, 'no-parts-found', entity.path);
  }
  const leaf: Part = {
    ...base,
    type: isMultipart ? 'text/plain' : type,
    path: entity.isMessage ? join(entity.path, 1) : entity.path,
  };
  if (isNestedMessage(type) && canNest) return { ...leaf, message: nestedMessage(building, entity, leaf) };
  return canNest ? unpackedSmime(building, entity, leaf) : leaf;
}

const smimeTypes = /^application\/(?:x-)?pkcs7-(?:mime|signature)$/;
const smimeNames = /\.p7[msz]$/i;

/** Whether a part says by its type or name that it is S/MIME. RFC 8551 §3.9. */
function mayBeSmime({ type, contentType, disposition }: Part): boolean {
  if (smimeTypes.test(type)) return true;
  if (!/^application\/(?:octet-stream|x-pkcs7|pkcs7)$/.test(type)) return false;
  const name =
    (disposition && plainParameter(disposition, 'filename')) ?? plainParameter(contentType, 'name') ?? '';
  return smimeNames.test(name.trim());
}

/** An S/MIME part with what it holds as a part under it, where it is only signed or packed; any other part as it is. RFC 8551. */
function unpackedSmime(building: Building, entity: Entity, leaf: Part): Part {
  if (!mayBeSmime(leaf)) return leaf;
  const bytes = decodedBytes(leaf, building.limits.heldBytes);
  const kind = smimeKindOf(bytes);
  if (kind === null) return leaf;
  const content = smimeContent(bytes, building.limits.heldBytes);
  // A signature beside what it signs carries no content, and stays the file that it is.
  if (content === null && kind === 'signed-data') return leaf;
  const parameters = new Map(leaf.contentType.parameters);
  parameters.set('smime-type', { raw: kind, isExtended: false, charset: null });
  const known = { ...leaf, type: 'application/pkcs7-mime', contentType: { ...leaf.contentType, parameters } };
  if (content === null) return known;
  const inner = {
    ...entity,
    source: memorySource(content),
    range: { start: 0, end: content.length },
    depth: entity.depth + 1,
    isMessage: false,
  };
  const child = buildPart(building, { ...inner, path: join(leaf.path, 1), defaultType: 'text/plain' });
  return { ...known, encoding: 'identity', children: [child] };
}

/** Builds the tree of parts of a message, repairing what its sender broke. Reads headers and delimiters only. Never throws. */
export function buildPartTree(source: ByteSource, limits: PartLimits): PartTree {
  const building: Building = { limits, warnings: [], parts: 0 };
  const root = buildPart(building, {
    source,
    range: { start: 0, end: source.length },
    path: '',
    depth: 0,
    defaultType: 'text/plain',
    isMessage: true,
  });
  return { root, warnings: building.warnings };
}
