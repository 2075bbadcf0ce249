import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageId } from '../../../shared/ids.ts';
import type { Store } from '../../store/store.ts';
import type { ExportedFolder } from './export-folders.ts';

/*
 * Maildir++: the Inbox is the Maildir itself, and each other folder is a Maildir in it whose name is the names of the
 * levels, each behind a dot. Marks are letters at the end of a file's name. Tags are letters too; what each of them
 * means stands in `dovecot-keywords`, as Dovecot writes it.
 */

/** Letters for the tags of one folder. Dovecot has no more. */
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Windows allows no colon in a name. Other programs use a semicolon there. */
const separator = process.platform === 'win32' ? ';' : ':';

/** What stands encoded in the name of a level: what is not ASCII, and what would end a level or a file's name. */
const encodedInLevel = /&|[^\x20-\x7e]+|[./]+/g;
/** What stands encoded in a keyword: all that IMAP has no place for in one. RFC 3501 §9, `atom`. */
const encodedInKeyword = /&|[^\x21-\x7e]+|[(){%*"\\\]/]+/g;

/** A text in the UTF-7 of IMAP: base64 of UTF-16 between `&` and `-`. RFC 3501 §5.1.3. */
function modifiedUtf7(text: string, encoded: RegExp): string {
  return text.replace(encoded, (run) => {
    if (run === '&') return '&-';
    const base64 = Buffer.from(run, 'utf16le').swap16().toString('base64');
    return `&${base64.replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}

const levelName = (name: string) => modifiedUtf7(name, encodedInLevel);
const keyword = (tag: string) => modifiedUtf7(tag, encodedInKeyword);

/** The tags of a folder with a letter each, the most used first. */
function tagLetters(store: Store, ids: readonly MessageId[]): Map<string, string> {
  const uses = new Map<string, number>();
  for (const { tags } of store.messages.summaries(ids))
    for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  const tags = [...uses].sort(([a, usesOfA], [b, usesOfB]) => usesOfB - usesOfA || (a < b ? -1 : 1));
  return new Map(tags.slice(0, letters.length).map(([tag], index) => [tag, letters.charAt(index)]));
}

/** Makes the Maildir of a folder below a path, and answers how to name the files of its messages. */
async function makeMaildir(
  store: Store,
  { at, isTop }: { readonly at: string; readonly isTop: boolean },
  ids: readonly MessageId[],
): Promise<(id: MessageId) => string> {
  for (const name of ['cur', 'new', 'tmp']) await mkdir(join(at, name), { recursive: true, mode: 0o700 });
  const tags = tagLetters(store, ids);
  const keywords = [...tags.keys()].map((tag, index) => `${index} ${keyword(tag)}\n`);
  if (keywords.length > 0) await writeFile(join(at, 'dovecot-keywords'), keywords.join(''), { mode: 0o600 });
  if (!isTop) await writeFile(join(at, 'maildirfolder'), '', { mode: 0o600 });
  return (id) => {
    const message = store.messages.find(id);
    if (message === null) return join(at, 'cur', `${id}.poppy${separator}2,`);
    const flags = [
      message.isStarred ? 'F' : '',
      message.isForwarded ? 'P' : '',
      message.isReplied ? 'R' : '',
      message.isRead ? 'S' : '',
      ...message.tags.flatMap((tag) => tags.get(tag) ?? []).sort(),
    ];
    const seconds = Math.floor(message.receivedAt / 1000);
    return join(
      at,
      'cur',
      `${seconds}.M0P${id}.poppy,S=${message.storedBytes}${separator}2,${flags.join('')}`,
    );
  };
}

/**
 * Writes folders as Maildirs, with their marks. `messages` reads one message after another. Throws what the file system
 * throws.
 */
export async function exportMaildir(
  store: Store,
  root: string,
  folders: readonly ExportedFolder[],
  messages: (
    ids: readonly MessageId[],
  ) => AsyncIterable<{ readonly id: MessageId; readonly bytes: Uint8Array }>,
): Promise<void> {
  for (const { path, ids } of folders) {
    const isTop = path.length === 0;
    const at = isTop ? root : join(root, `.${path.map(levelName).join('.')}`);
    const nameOf = await makeMaildir(store, { at, isTop }, ids);
    for await (const { id, bytes } of messages(ids))
      await writeFile(nameOf(id), bytes, { mode: 0o600, flag: 'wx' });
  }
}
