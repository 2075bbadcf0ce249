import type { EmailAddress } from '../../../shared/message.ts';
import { asBuffer } from '../bytes/byte-source.ts';
import { type CharsetContext, noContext } from '../charset/charset-context.ts';
import { canonicalCharset } from '../charset/charset-names.ts';
import { parseAddresses } from './addresses.ts';
import { parseDate, type SentDate } from './dates.ts';
import { declaredInWords, decodeHeaderText } from './encoded-words.ts';
import { cutHeaders, firstField, type HeaderField } from './header-block.ts';
import { skipPreface } from './preface.ts';

/** What the list shows, from the headers alone. */
export type HeaderSummary = {
  readonly subject: string;
  readonly from: EmailAddress;
  /** Date header, milliseconds since the epoch; null when it cannot be read. */
  readonly sentAt: number | null;
};

const nobody: EmailAddress = { name: '', address: '' };
const peopleFields = ['subject', 'from', 'to', 'cc', 'reply-to', 'sender'];
/** Where no reader looks further for the end of the headers. Bytes. */
const maximumHeaderBytes = 4_000_000;

/** The charset that the whole message's Content-Type declares, or null. */
export function topCharset(fields: readonly HeaderField[]): string | null {
  const type = firstField(fields, 'content-type');
  return type === null ? null : (/charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1] ?? null);
}

/** What the headers tell about the charset of raw bytes in any of them. */
export function headerContext(
  fields: readonly HeaderField[],
  options: { readonly override?: string | null; readonly fallback?: string },
): CharsetContext {
  const shown = fields.filter((field) => peopleFields.includes(field.name));
  const others = new Set<string>();
  for (const field of shown)
    for (const label of declaredInWords(field.value)) {
      const charset = canonicalCharset(label);
      if (charset !== null && charset !== 'utf-8' && charset !== 'us-ascii') others.add(charset);
    }
  return {
    override: options.override ?? null,
    others: [...others],
    fallback: options.fallback ?? noContext.fallback,
    evidence: () => Buffer.from(shown.map((field) => field.value).join(' '), 'latin1'),
  };
}

/** The date of a message: its Date header, and failing that the date of the newest Received header is not taken. */
export function sentDate(fields: readonly HeaderField[]): SentDate {
  const value = firstField(fields, 'date');
  if (value === null) return parseDate(null);
  const text = /^[\x00-\x7f]*$/.test(value) ? value : decodeHeaderText(value, null, noContext);
  return parseDate(text);
}

/**
 * Reads the few headers a list needs from the front of a message, or from all of it. Synchronous and fast: it runs
 * for each message while it is stored. Never throws.
 */
export function summariseHeaders(
  headerBytes: Uint8Array,
  options: { readonly charset?: string; readonly fallbackCharset?: string } = {},
): HeaderSummary {
  const bytes = asBuffer(headerBytes);
  const start = skipPreface(bytes);
  const blank = bytes.indexOf('\n\r\n', start);
  const end = Math.min(bytes.length, maximumHeaderBytes, blank === -1 ? bytes.length : blank + 3);
  const text = bytes.toString('latin1', start, end);
  const { fields } = cutHeaders(text);
  const declared = topCharset(fields);
  const hasOnlyAscii = /^[\x00-\x7f]*$/.test(text);
  const context = hasOnlyAscii
    ? { ...noContext, evidence: () => new Uint8Array(0) }
    : headerContext(fields, {
        override: options.charset ?? null,
        fallback: options.fallbackCharset ?? 'windows-1252',
      });
  const people = (name: string): EmailAddress[] => {
    const value = firstField(fields, name);
    return value === null ? [] : parseAddresses(value, declared, context);
  };
  return {
    subject: decodeHeaderText(firstField(fields, 'subject') ?? '', declared, context),
    from: people('from')[0] ?? people('sender')[0] ?? people('reply-to')[0] ?? nobody,
    sentAt: sentDate(fields).at,
  };
}
