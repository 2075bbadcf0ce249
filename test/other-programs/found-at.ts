import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mailAt } from '../../electron/other-programs/find-mail.ts';
import type {
  ForeignMail,
  ForeignMarks,
  Program,
} from '../../electron/other-programs/found-mail/foreign-mail.ts';

/** Makes a folder with these files, which is removed after the test. A null is a folder. */
export function folderWith(files: Readonly<Record<string, string | Buffer | null>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const at = join(folder, path);
    mkdirSync(content === null ? at : dirname(at), { recursive: true });
    if (content !== null) writeFileSync(at, content);
  }
  return folder;
}

/** One message as a test compares it: `ACCOUNT:FOLDER`, marks in letters, and its text. */
export type FoundMessage = {
  readonly folder: string;
  readonly marks: string;
  readonly tags: readonly string[];
  readonly text: string;
  readonly uidl: string | null;
  readonly receivedAt: number | null;
};

/** What a reader found, with all its messages read. */
export type Found = {
  readonly mails: readonly ForeignMail[];
  readonly folders: readonly string[];
  readonly messages: readonly FoundMessage[];
  readonly leftOut: readonly string[];
};

const marksText = ({ isRead, isStarred, isReplied, isForwarded }: ForeignMarks) =>
  [isRead && 'read', isStarred && 'starred', isReplied && 'replied', isForwarded && 'forwarded']
    .filter((mark) => mark !== false)
    .join(' ');

const folderText = (folder: { readonly accountKey: string | null; readonly path: readonly string[] }) =>
  `${folder.accountKey ?? ''}:${folder.path.join('/')}`;

/** Reads everything at a path. */
export async function foundAt(path: string, program: Program | 'auto' = 'auto'): Promise<Found> {
  const mails = mailAt(path, program) ?? [];
  const messages: FoundMessage[] = [];
  const leftOut = mails.flatMap((mail) => mail.leftOut.map(({ why }) => why as string));
  for (const source of mails.flatMap((mail) => mail.sources))
    for await (const entry of source.entries())
      if (entry.kind === 'left-out') leftOut.push(entry.why);
      else
        messages.push({
          folder: folderText(entry.folder),
          marks: marksText(entry.marks),
          tags: entry.marks.tags,
          text: Buffer.concat([...entry.pieces()]).toString('utf8'),
          uidl: entry.uidl,
          receivedAt: entry.receivedAt,
        });
  return { mails, folders: mails.flatMap((mail) => mail.folders.map(folderText)), messages, leftOut };
}
