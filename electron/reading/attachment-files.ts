import { randomUUID } from 'node:crypto';
import { access, chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { judgeAttachment } from '../../shared/attachment-policy.ts';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { Attachment } from '../../shared/message.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { Finding } from '../message/disguise/bounded-reader.ts';
import { findProgram } from '../message/disguise/find-program.ts';
import { numberedName } from '../message/safety/attachment-name.ts';
import { attemptWork } from '../store/attempt.ts';
import { setMarkOfTheWeb } from './mark-of-the-web.ts';
import type { MessageShelf } from './message-shelf.ts';
import { fileNameOf, isMessageFile } from './preview-kind.ts';
import { replaceFile } from './replace-file.ts';

/** First bytes that tell what a file is. */
const headBytes = 64 * 1024;

/** A copy that other programs can open, and what its name and its bytes say. */
export type PrivateCopy = {
  readonly path: string;
  readonly name: string;
  /** Why the file must not be opened from here; null where it may. */
  readonly saveOnlyReason: string | null;
  readonly isMessage: boolean;
};

/** The attachment that is this part of a message. */
export async function findAttachment(
  shelf: MessageShelf,
  id: MessageId,
  part: string,
): Promise<Attachment | undefined> {
  return (await shelf.attachments(id)).find((attachment) => attachment.part === part);
}

/**
 * A private copy of an attachment, 0400 in a 0700 folder of its own below `folder`. Where the file may not be opened,
 * the answer says why and the copy is removed again. Fails with `not-found` or as writing does.
 */
export async function copyAttachment(
  shelf: MessageShelf,
  { id, part, folder }: { readonly id: MessageId; readonly part: string; readonly folder: string },
): Promise<Result<PrivateCopy, Failure>> {
  const attachment = await findAttachment(shelf, id, part);
  if (attachment === undefined) return failed({ kind: 'not-found', canRetry: false });
  const own = join(folder, randomUUID());
  const copied = await attemptWork(() => privateCopy(shelf, id, attachment, own));
  const copy = copied.ok ? copied.value : copied;
  if (!copy.ok || copy.value.saveOnlyReason !== null)
    await rm(own, { recursive: true, force: true }).catch(() => undefined);
  return copy;
}

/** Writes the decoded bytes of a part to exactly this path, in the place of a file that may be there. */
export async function saveAttachment(
  shelf: MessageShelf,
  { id, part, path }: { readonly id: MessageId; readonly part: string; readonly path: string },
): Promise<Result<{ readonly path: string }, Failure>> {
  const saved = await replaceFile(path, (beside) => writePart(shelf, id, part, beside));
  if (saved.ok) await setMarkOfTheWeb(path);
  return saved;
}

/** Writes all attachments of a message into a folder, under names that are free there. Answers how many. */
export async function saveAllAttachments(
  shelf: MessageShelf,
  { id, folder }: { readonly id: MessageId; readonly folder: string },
): Promise<Result<{ readonly count: number }, Failure>> {
  const attachments = (await shelf.attachments(id)).filter((attachment) => !attachment.isInline);
  for (const attachment of attachments) {
    const path = await freePath(folder, fileNameOf(attachment));
    const written = await writePart(shelf, id, attachment.part, path);
    if (!written.ok) return written;
    await setMarkOfTheWeb(path);
  }
  return ok({ count: attachments.length });
}

/** Throws what the file system throws. */
async function privateCopy(
  shelf: MessageShelf,
  id: MessageId,
  attachment: Attachment,
  own: string,
): Promise<Result<PrivateCopy, Failure>> {
  await mkdir(own, { mode: 0o700 });
  const name = fileNameOf(attachment);
  const path = join(own, name);
  const written = await writePart(shelf, id, attachment.part, path);
  if (!written.ok) return written;
  await setMarkOfTheWeb(path);
  await chmod(path, 0o400);
  const isMessage = isMessageFile(attachment);
  const verdict = judgeAttachment({ ...attachment, name, ...(await lookInto(path)) });
  const saveOnlyReason = isMessage || verdict.kind === 'open' ? null : verdict.reason;
  return ok({ path, name, saveOnlyReason, isMessage });
}

async function writePart(
  shelf: MessageShelf,
  id: MessageId,
  part: string,
  path: string,
): Promise<Result<null, Failure>> {
  const reply = await shelf.extractTo(id, part, path, 0o600);
  if (reply.kind === 'extracted') return ok(null);
  if (reply.kind !== 'unparsed') return failed({ kind: 'not-found', canRetry: false });
  if (/^(ENOSPC|EDQUOT)\b/.test(reply.detail))
    return failed({ kind: 'disk-full', step: 'open', canRetry: true });
  return failed({ kind: 'unreadable-file', what: reply.detail, step: 'open', canRetry: true });
}

/** A path in the folder that no file has yet: `name.txt`, `name (2).txt`, … */
async function freePath(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const path = join(folder, n === 1 ? name : numberedName(name, n));
    const isFree = await access(path).then(
      () => false,
      () => true,
    );
    if (isFree) return path;
  }
}

async function lookInto(path: string): Promise<{ head: Uint8Array; inside: Finding }> {
  await using file = await open(path, 'r');
  const read = async (at: number, lengthBytes: number): Promise<Uint8Array> => {
    const bytes = Buffer.alloc(lengthBytes);
    const { bytesRead } = await file.read(bytes, 0, lengthBytes, at);
    return bytes.subarray(0, bytesRead);
  };
  const { size } = await file.stat();
  return { head: await read(0, headBytes), inside: await findProgram({ sizeBytes: size, read }) };
}
