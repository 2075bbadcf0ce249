import { noContext } from '../charset/charset-context.ts';
import { decodeHeaderText } from './encoded-words.ts';

/** A reply that names more ancestors than this keeps the first, which is the root of the conversation, and the nearest ones. */
const maximumIds = 1000;

/** The ids of a Message-ID, In-Reply-To or References header, without their angle brackets, each once. RFC 5322 §3.6.4. */
export function parseMessageIds(raw: string | null): string[] {
  if (raw === null || raw === '') return [];
  // Some programs fold long lists of ids into encoded words, which have no place there.
  const value = raw.includes('=?') ? decodeHeaderText(raw, null, noContext) : raw;
  const bracketed = value.match(/<[^<>]{1,998}>/g);
  const found = bracketed
    ? bracketed.map((id) => id.slice(1, -1))
    : // Without brackets only what has an @ is an id: In-Reply-To may hold a sentence.
      value.split(/[\s,;"]+/).filter((word) => /^[^@]+@[^@]+$/.test(word) && word.length < 998);
  const ids = [...new Set(found.map((id) => id.replace(/\s+/g, '')).filter((id) => id !== ''))];
  if (ids.length <= maximumIds) return ids;
  return [...ids.slice(0, 1), ...ids.slice(1 - maximumIds)];
}

/** The one id of a Message-ID header, or null when it has none. An id without brackets or @ is taken as it stands. */
export function parseMessageId(value: string | null): string | null {
  if (value === null) return null;
  const [first] = parseMessageIds(value);
  if (first !== undefined) return first;
  const bare = value.replace(/[<>\s]/g, '');
  return bare === '' || bare.length > 998 ? null : bare;
}
