import type { ForeignMarks } from '../found-mail/foreign-mail.ts';

const markVersion = 2;
const unread = 1 << 1;
const starred = 1 << 2;
const deleted = 1 << 3;
const replied = 1 << 4;
const forwarded = 1 << 5;

/** The marks of one message, without its tags. */
export type MhMarks = Omit<ForeignMarks, 'tags'> & { readonly isDeleted: boolean };

/** What a message is that the mark file does not know: new. */
export const newMessage: MhMarks = {
  isRead: false,
  isStarred: false,
  isReplied: false,
  isForwarded: false,
  isDeleted: false,
};

/**
 * Reads `.claws_mark` or `.sylpheed_mark`: a version, then pairs of a message's number and its flags, 32 bits each with
 * the lowest byte first. Null where the file is of no known form.
 */
export function readMarkFile(bytes: Buffer | null): Map<number, MhMarks> | null {
  if (bytes === null || bytes.length < 4 || bytes.readUInt32LE(0) !== markVersion) return null;
  const marks = new Map<number, MhMarks>();
  for (let at = 4; at + 8 <= bytes.length; at += 8) {
    const flags = bytes.readUInt32LE(at + 4);
    marks.set(bytes.readUInt32LE(at), {
      isRead: (flags & unread) === 0,
      isStarred: (flags & starred) !== 0,
      isReplied: (flags & replied) !== 0,
      isForwarded: (flags & forwarded) !== 0,
      isDeleted: (flags & deleted) !== 0,
    });
  }
  return marks;
}

/** Tag names by their numbers: `tagsrc`, lines of a number, a tab and a name. */
export function readTagNames(text: string | null): Map<number, string> {
  const names = new Map<number, string>();
  for (const line of text?.split(/\r?\n/) ?? []) {
    const [, id, name] = /^(\d+)\t(.+)$/.exec(line) ?? [];
    if (id !== undefined && name !== undefined) names.set(Number(id), name.normalize('NFC'));
  }
  return names;
}

/** The tags of messages in `.claws_tags`: a version, then for each a number, tag numbers, and -1. */
export function readTagFile(bytes: Buffer | null, names: ReadonlyMap<number, string>): Map<number, string[]> {
  const tags = new Map<number, string[]>();
  if (bytes === null || bytes.length < 4) return tags;
  let number: number | null = null;
  for (let at = 4; at + 4 <= bytes.length; at += 4) {
    const value = bytes.readInt32LE(at);
    if (number === null) {
      number = value;
      tags.set(number, []);
    } else if (value === -1) number = null;
    else tags.get(number)?.push(...(names.has(value) ? [names.get(value) ?? ''] : []));
  }
  return tags;
}

/** The unread messages that `.mh_sequences` names: `unseen: 1-5 7`. Null where the file says nothing of them. */
export function unseenIn(text: string | null): ReadonlySet<number> | null {
  const [, list] = /^unseen:(.*)$/m.exec(text ?? '') ?? [];
  if (list === undefined) return null;
  const unseen = new Set<number>();
  for (const part of list.trim().split(/\s+/)) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    // A range of more than a folder can hold is no range.
    for (let number = Number(from); number <= Math.min(Number(to), Number(from) + 10_000_000); number += 1)
      unseen.add(number);
  }
  return unseen;
}
