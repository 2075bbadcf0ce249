import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { ParsedMessage } from '../../electron/message/parsing/parsed-message.ts';

/** What a made message must read as; only what is named is compared, and all of that at once. */
export type Expectation = {
  readonly subject?: string;
  /** Name and address, as `Name <address>`. */
  readonly from?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  /** ISO 8601, UTC, or null with the problem. */
  readonly date?: string | null;
  readonly dateProblem?: string | null;
  /** The plain text without blanks at its ends; null when there is none. */
  readonly text?: string | null;
  /** Pieces that the text must hold, in order, where its whole is of no interest. */
  readonly textHas?: readonly string[];
  readonly htmlHas?: readonly string[];
  readonly html?: null;
  /** Files as `name|type|content`; the content is compared by its SHA-256. */
  readonly files?: readonly File[];
  readonly preview?: string;
  /** Charset that the first part was read in. */
  readonly charset?: string;
  readonly messageId?: string | null;
  readonly references?: readonly string[];
  readonly warning?: string;
  /** How it is said to be protected. */
  readonly protection?: 'signed' | 'encrypted' | null;
};

/** A file a message must carry, with its exact bytes. */
export type File = {
  readonly name?: string;
  readonly type?: string;
  readonly content?: Buffer;
  readonly part?: string;
};

/** One message, made to show one habit, and what it must read as. */
export type MadeMessage = { readonly habit: string; readonly bytes: Buffer; readonly expected: Expectation };

/** Lines joined as mail joins them. */
export function lines(...all: readonly string[]): string {
  return all.join('\r\n');
}

/** A message from text, written in a charset. */
export function made(
  habit: string,
  text: string | Buffer,
  expected: Expectation,
  charset = 'utf-8',
): MadeMessage {
  return { habit, bytes: typeof text === 'string' ? iconv.encode(text, charset) : text, expected };
}

/** Base64 in lines of 76. */
export function base64(bytes: Buffer | string): string {
  return (
    Buffer.from(bytes as string)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');
}

/** Quoted-printable in lines of at most 72. */
export function quoted(bytes: Buffer): string {
  const coded = [...bytes].map((byte) =>
    byte === 0x0a || byte === 0x0d
      ? String.fromCharCode(byte)
      : byte < 0x20 || byte > 0x7e || byte === 0x3d
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
  );
  let line = '';
  let out = '';
  for (const piece of coded) {
    if (piece === '\n') {
      out += `${line}\n`;
      line = '';
      continue;
    }
    if (line.length + piece.length > 72 && piece !== '\r') {
      out += `${line}=\r\n`;
      line = '';
    }
    line += piece;
  }
  return out + line;
}

/** An encoded word. */
export function word(text: string, charset = 'utf-8', encoding: 'B' | 'Q' = 'B'): string {
  const bytes = iconv.encode(text, charset);
  const coded =
    encoding === 'B'
      ? bytes.toString('base64')
      : [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  return `=?${charset}?${encoding}?${coded}?=`;
}

/** Bytes that look like nothing in particular, the same for the same seed. */
export function someBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed * 2654435761;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function shown(mailbox: { name: string; address: string }): string {
  return mailbox.name === '' ? mailbox.address : `${mailbox.name} <${mailbox.address}>`;
}

/** What any reader made of a message, in the terms of an expectation. */
export type Outcome = Pick<
  ParsedMessage,
  | 'subject'
  | 'from'
  | 'to'
  | 'cc'
  | 'sentAt'
  | 'dateProblem'
  | 'text'
  | 'html'
  | 'preview'
  | 'messageId'
  | 'references'
  | 'protection'
> & {
  readonly attachments: readonly { part: string; name: string; type: string; sha256: string }[];
  readonly charset: string;
  readonly warnings: readonly string[];
};

/** The pieces that a text holds in the asked order, for a comparison that shows what is missing. */
function held(text: string | null, pieces: readonly string[]): string[] {
  let at = 0;
  return pieces.filter((piece) => {
    const found = (text ?? '').indexOf(piece, at);
    if (found !== -1) at = found + piece.length;
    return found !== -1;
  });
}

/** An outcome reduced to what the expectation names, files given by hash, so that the two can be compared whole. */
export function comparable(outcome: Outcome, expected: Expectation): { got: object; wanted: object } {
  const all: Record<string, (value: never) => unknown> = {
    subject: () => outcome.subject,
    from: () => outcome.from.map(shown).join(', '),
    to: () => outcome.to.map(shown),
    cc: () => outcome.cc.map(shown),
    date: () => (outcome.sentAt === null ? null : new Date(outcome.sentAt).toISOString()),
    dateProblem: () => outcome.dateProblem,
    text: () => outcome.text?.trim() ?? null,
    textHas: (value: readonly string[]) => held(outcome.text, value),
    htmlHas: (value: readonly string[]) => held(outcome.html, value),
    html: () => outcome.html,
    files: (value: readonly File[]) =>
      outcome.attachments.map((file, index) => {
        const wanted = value[index] ?? { name: '', type: '', part: '' };
        return {
          ...(wanted.part === undefined ? {} : { part: file.part }),
          ...(wanted.name === undefined ? {} : { name: file.name }),
          ...(wanted.type === undefined ? {} : { type: file.type }),
          ...(wanted.content === undefined ? {} : { content: file.sha256 }),
        };
      }),
    preview: () => outcome.preview,
    charset: () => outcome.charset,
    messageId: () => outcome.messageId,
    references: () => outcome.references,
    protection: () => outcome.protection?.kind ?? null,
    warning: (value: string) => (outcome.warnings.includes(value) ? value : outcome.warnings),
  };
  const got: Record<string, unknown> = {};
  const wanted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(expected)) {
    got[key] = all[key]?.(value as never);
    wanted[key] =
      key === 'files'
        ? (value as File[]).map((file) => (file.content ? { ...file, content: sha256(file.content) } : file))
        : value;
  }
  return { got, wanted };
}
