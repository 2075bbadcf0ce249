import { randomUUID } from 'node:crypto';
import { access, chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { judgeAttachment } from '../../../shared/attachment-policy.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AttachmentView } from '../../../shared/message-view.ts';
import type { Attachment, MessageId } from '../../../shared/model.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { cleanAttachmentName, numberedName } from '../../message/safety/attachment-name.ts';
import { markAsReceived } from '../../reading/mark-of-origin.ts';
import { isMessageFile, previewKind } from '../../reading/preview-kind.ts';
import { putPreview } from '../../reading/preview-page.ts';
import { attemptWork, expectedFailure } from '../../store/attempt.ts';
import type { Answers, EngineContext } from '../context.ts';

/** First bytes looked at to tell what a file is; macros in an archive are found within them. */
const headBytes = 64 * 1024;

/** Attachments as cards: what their names and types alone say; the bytes are looked at when one is opened. */
export function attachmentViews(attachments: readonly Attachment[]): AttachmentView[] {
  return attachments.map((attachment) => {
    const verdict = isMessageFile(attachment)
      ? { kind: 'open' as const }
      : judgeAttachment({ ...attachment, head: new Uint8Array() });
    return {
      ...attachment,
      canOpen: verdict.kind === 'open',
      saveOnlyReason: verdict.kind === 'save-only' ? verdict.reason : null,
      preview: previewKind(attachment),
    };
  });
}

/** Attachments leave a message here: as private copies to be opened, or to where a person wants them. */
export function attachmentCalls(
  context: EngineContext,
): Answers<
  'attachment/copy' | 'attachment/name' | 'attachment/write' | 'attachment/write-all' | 'attachment/preview'
> {
  return {
    'attachment/name': async ({ id, part }) => (await attachmentOf(context, id, part))?.name ?? 'attachment',
    'attachment/copy': async ({ id, part, folder }) => {
      const attachment = await attachmentOf(context, id, part);
      if (attachment === undefined) return failed({ kind: 'not-found', canRetry: false });
      const own = join(folder, randomUUID());
      const copied = await attemptWork(() => privateCopy(context, id, attachment, own));
      const copy = copied.ok ? copied.value : copied;
      if (!copy.ok || copy.value.saveOnlyReason !== null)
        await rm(own, { recursive: true, force: true }).catch(() => undefined);
      return copy;
    },
    'attachment/write': async ({ id, part, path }) => {
      // Written beside its place and then moved there: a full disk leaves the old file as it was.
      const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);
      const written = await write(context, id, part, beside, 0o600);
      if (!written.ok) return written;
      try {
        await rename(beside, path);
        await markAsReceived(path);
        return ok({ path });
      } catch (error) {
        await rm(beside, { force: true });
        const failure = expectedFailure(error);
        if (failure === null) throw error;
        return failed(failure);
      }
    },
    'attachment/write-all': async ({ id, folder }) => {
      const attachments = (await attachmentsOf(context, id)).filter((attachment) => !attachment.isInline);
      for (const attachment of attachments) {
        const path = await freePath(folder, cleanAttachmentName(attachment.name));
        const written = await write(context, id, attachment.part, path, 0o600);
        if (!written.ok) return written;
        await markAsReceived(path);
      }
      return ok({ count: attachments.length });
    },
    'attachment/preview': async ({ id, part, isDark }) => {
      const attachment = await attachmentOf(context, id, part);
      const kind = attachment === undefined ? null : previewKind(attachment);
      if (kind === null || kind === 'message') return failed({ kind: 'not-found', canRetry: false });
      const put = await putPreview(context.shelf, id, part, kind, isDark);
      return put.ok ? ok({ url: put.value, kind }) : put;
    },
  };
}

type PrivateCopy = {
  readonly path: string;
  readonly name: string;
  readonly saveOnlyReason: string | null;
  readonly isMessage: boolean;
};

/** Writes a copy into a folder of its own and looks at its first bytes. Throws what the file system throws. */
async function privateCopy(
  context: EngineContext,
  id: MessageId,
  attachment: Attachment,
  own: string,
): Promise<Result<PrivateCopy, Failure>> {
  await mkdir(own, { mode: 0o700 });
  const name = cleanAttachmentName(attachment.name);
  const path = join(own, name);
  const written = await write(context, id, attachment.part, path, 0o600);
  if (!written.ok) return written;
  await markAsReceived(path);
  await chmod(path, 0o400);
  const message = isMessageFile(attachment);
  const verdict = judgeAttachment({ ...attachment, name, head: await headOf(path) });
  const saveOnlyReason = message || verdict.kind === 'open' ? null : verdict.reason;
  return ok({ path, name, saveOnlyReason, isMessage: message });
}

async function attachmentsOf(context: EngineContext, id: MessageId): Promise<readonly Attachment[]> {
  const stored = context.shelf.isFile(id) ? null : context.store.messages.find(id);
  if (stored?.isParsed === true) return stored.attachments;
  const reply = await context.shelf.parse(id, { job: 'read' });
  return reply?.kind === 'parsed' ? reply.message.attachments : [];
}

async function attachmentOf(
  context: EngineContext,
  id: MessageId,
  part: string,
): Promise<Attachment | undefined> {
  return (await attachmentsOf(context, id)).find((attachment) => attachment.part === part);
}

async function write(
  context: EngineContext,
  id: MessageId,
  part: string,
  path: string,
  mode: number,
): Promise<Result<{ path: string }, Failure>> {
  const reply = await context.shelf.extractTo(id, part, path, mode);
  if (reply.kind === 'extracted') return ok({ path });
  if (reply.kind !== 'unparsed') return failed({ kind: 'not-found', canRetry: false });
  if (/^(ENOSPC|EDQUOT)\b/.test(reply.detail))
    return failed({ kind: 'disk-full', step: 'open', canRetry: true });
  return failed({ kind: 'unreadable-file', what: reply.detail, step: 'open', canRetry: true });
}

/** A path in the folder that nothing has yet: `name.txt`, `name (2).txt`, … */
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

async function headOf(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(head, 0, headBytes, 0);
  return head.subarray(0, bytesRead);
}
