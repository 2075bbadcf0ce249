import type { ForeignMarks } from '../found-mail/foreign-mail.ts';
import type { OwnFields } from './letter.ts';
import { ownLinesAtTop } from './own-lines.ts';

const names = new Set(['x-account-key', 'x-uidl', 'x-mozilla-status', 'x-mozilla-status2', 'x-mozilla-keys']);

/** Takes the block that Thunderbird writes before each message. `X-Mozilla-*` lines further down are the person's. */
export const mozillaLines = ownLinesAtTop(names, new Set(['x-mozilla-status', 'x-account-key']));

const read = 0x0001;
const replied = 0x0002;
const starred = 0x0004;
const expunged = 0x0008;
const partial = 0x0400;
const forwarded = 0x1000;
/** In the second word, whose bits are the upper half of the same 32. */
const deletedOnServer = 0x0020_0000;

/** Keys that are no tags. */
const noTags = new Set(['nonjunk', 'junk', '$forwarded', '$mdnsent', '$replied', '$notjunk', '$junk']);

/** What the block says of a message. */
export type MozillaFacts = {
  readonly isDeleted: boolean;
  readonly isPartial: boolean;
  readonly marks: ForeignMarks;
  readonly uidl: string | null;
  readonly accountKey: string | null;
};

/** Reads the block. A message without one counts as read: it is old, or came from elsewhere. */
export function mozillaFacts(own: OwnFields, tagNames: ReadonlyMap<string, string>): MozillaFacts {
  const status = own.get('x-mozilla-status');
  const flags = status === undefined ? read : Number.parseInt(status, 16) || 0;
  const more = Number.parseInt(own.get('x-mozilla-status2') ?? '0', 16) || 0;
  const keys = (own.get('x-mozilla-keys') ?? '').split(' ').filter((key) => key !== '');
  return {
    isDeleted: (flags & expunged) !== 0 || (more & deletedOnServer) !== 0,
    isPartial: (flags & partial) !== 0,
    marks: {
      isRead: (flags & read) !== 0,
      isStarred: (flags & starred) !== 0,
      isReplied: (flags & replied) !== 0,
      isForwarded: (flags & forwarded) !== 0,
      tags: keys.flatMap((key) =>
        noTags.has(key.toLowerCase()) ? [] : [tagNames.get(key) ?? nameOfKey(key)],
      ),
    },
    uidl: own.get('x-uidl') || null,
    accountKey: own.get('x-account-key') || null,
  };
}

/** The name behind a tag's key: bytes of UTF-8 that are no letters are written as `=hh`. */
function nameOfKey(key: string): string {
  const bytes = key.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8').normalize('NFC');
}
