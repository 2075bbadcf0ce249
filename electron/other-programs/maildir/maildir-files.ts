import {
  type Entry,
  type FilePath,
  kindAt,
  lookInto,
  sizeOf,
  specialFile,
  within,
} from '../files/mail-files.ts';
import type { LeftOut } from '../found-mail/foreign-mail.ts';

/** A message of a Maildir. */
export type MaildirFile = Pick<Entry, 'path' | 'name'> & { readonly isNew: boolean };

/** The messages of a Maildir: those in `new` and in `cur`. What lies in `tmp` has not come whole. */
export function maildirFiles(path: FilePath): {
  readonly files: readonly MaildirFile[];
  readonly leftOut: readonly LeftOut[];
  readonly sizeBytes: number;
} {
  const files: MaildirFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const name of ['new', 'cur']) {
    const folder = within(path, name);
    if (kindAt(folder) !== 'folder') continue;
    const looked = lookInto(folder, 0);
    leftOut.push(...looked.leftOut);
    for (const entry of looked.entries) {
      if (entry.name.startsWith('.')) continue;
      if (entry.kind === 'file') files.push({ path: entry.path, name: entry.name, isNew: name === 'new' });
      else if (entry.kind === 'other') leftOut.push(specialFile(entry.path));
    }
  }
  return { files, leftOut, sizeBytes: files.reduce((sum, file) => sum + sizeOf(file.path), 0) };
}

/** When a message was delivered: the seconds before the first dot of its name. Milliseconds since the epoch. */
export function maildirTime(name: string): number | null {
  const [, seconds] = /^(\d{9,11})\./.exec(name) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
