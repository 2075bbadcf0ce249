import type { ByteSource } from '../bytes/byte-source.ts';
import type { TransferEncoding } from '../encoding/transfer-encoding.ts';
import type { HeaderField } from '../headers/header-block.ts';
import type { ParameterisedValue } from '../headers/parameters.ts';

/** Something a person or a log may want to know about how a message was read. */
export type Warning = { readonly code: string; readonly detail: string };

/** A message or a part of one: its headers and where its body lies. Bodies stay where they are until asked for. */
export type Part = {
  /** Path as in IMAP: "1", "2.1"; the multipart of a message itself has the message's own path ("" at the top). */
  readonly path: string;
  /** MIME type, lower case. Where the header names no type, it is the type that the content shows. */
  readonly type: string;
  readonly contentType: ParameterisedValue;
  readonly disposition: ParameterisedValue | null;
  readonly fields: readonly HeaderField[];
  readonly encoding: TransferEncoding;
  readonly source: ByteSource;
  /** The body's bytes in `source`, still encoded. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly Part[];
  /** It stood outside of the delimiters of its multipart. Its words belong to the body, whichever form of the body is shown. */
  readonly isOutside: boolean;
  /** The message inside a message/rfc822 part. */
  readonly message: Part | null;
};

/** Limits of one message. A message that exceeds one is read in part. */
export type PartLimits = {
  readonly parts: number;
  readonly depth: number;
  readonly headerBytes: number;
  /** Decoded bytes of one part that are held in memory, for text and for messages inside an encoding. */
  readonly heldBytes: number;
};

/** Far above what honest mail needs, far below what would harm. */
export const defaultLimits: PartLimits = {
  parts: 2000,
  depth: 60,
  headerBytes: 4_000_000,
  heldBytes: 24_000_000,
};

/** All parts of a message, in order; those of messages inside it only when asked for. */
export function* partsOf(part: Part, isDeep: boolean): Generator<Part> {
  yield part;
  for (const child of part.children) yield* partsOf(child, isDeep);
  if (isDeep && part.message) yield* partsOf(part.message, true);
}
