import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { exportMail } from '../../mailbox/moving/export-mail.ts';
import { importMail } from '../../mailbox/moving/import-mail.ts';
import { restoreBackup } from '../../mailbox/moving/restore-backup.ts';
import { cleanAttachmentName } from '../../message/safety/attachment-name.ts';
import { buildMessagePage } from '../../message/safety/message-page.ts';
import { printablePage, textHead } from '../../reading/printable-page.ts';
import { attemptWork } from '../../store/attempt.ts';
import type { Answers, EngineContext } from '../context.ts';
import type { EngineCalls } from '../protocol.ts';
import { picturePlaces, withPictures } from '../saved-pictures.ts';
import { showsRemote } from '../shown-message.ts';

/** Files: saving one message, exporting and importing many, and the store's own upkeep. */
export function storageCalls(
  context: EngineContext,
): Answers<
  | 'message/export'
  | 'message/file-name'
  | 'storage/state'
  | 'storage/verify'
  | 'storage/compact'
  | 'storage/backup-to'
  | 'storage/restore-from'
  | 'storage/export-to'
  | 'storage/import-from'
> {
  const { store, shelf, changes, emit } = context;
  const progress = (task: string) => (done: number, total: number) =>
    emit('storage/progress', { task, done, total });
  return {
    'message/file-name': ({ id }) => {
      const subject = shelf.summary(id, null)?.subject ?? '';
      return cleanAttachmentName(`${subject.slice(0, 80) || 'message'}.x`).replace(/\.x$/, '');
    },
    'message/export': (request) => exportOne(context, request),
    'storage/state': () => store.upkeep.storageState(),
    'storage/verify': async () => {
      const verified = await attemptWork(() => store.upkeep.verify(progress('verify')));
      if (!verified.ok) return verified;
      const { checked, damaged } = verified.value;
      return ok({
        checked,
        damaged: damaged.map((one) => `${one.path} (${one.offset}): ${one.kind} ${one.subject ?? ''}`),
      });
    },
    'storage/compact': () => attemptWork(() => store.upkeep.compact(null)),
    'storage/backup-to': ({ path }) => backUp(context, path, progress('backup')),
    'storage/restore-from': async ({ path }) => {
      const accounts = context.settings.accounts();
      const restored = await restoreBackup(store, { path, accounts, onProgress: progress('restore') });
      changes.note();
      return restored;
    },
    'storage/export-to': ({ format, accountId, path }) =>
      // The dialog in which the place was chosen has asked already.
      exportMail(store, { format, accountId, path, overwrites: true, onProgress: progress('export') }),
    'storage/import-from': async ({ accountId, paths }) => {
      const imported = await importMail(store, accountId, paths, progress('import'));
      changes.note([accountId]);
      return imported;
    },
  };
}

type OneExport = EngineCalls['message/export'][0];

async function exportOne(
  context: EngineContext,
  request: OneExport,
): Promise<Result<{ path: string }, Failure>> {
  const { path } = request;
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);
  const written = await attemptWork(async (): Promise<Result<{ path: string }, Failure>> => {
    const content = await contentAs(context, request);
    if (!content.ok) return content;
    // Written beside its place and then moved there: a full disk leaves an older file as it was.
    await writeFile(beside, content.value, { mode: 0o600, flag: 'wx' });
    await rename(beside, path);
    return ok({ path });
  });
  const saved = written.ok ? written.value : written;
  if (!saved.ok) await rm(beside, { force: true }).catch(() => undefined);
  return saved;
}

const notFound: Failure = { kind: 'not-found', canRetry: false };

/** A message in another form. Throws what the file system throws. The HTML is the cleaned page, which loads nothing. */
async function contentAs(
  context: EngineContext,
  { id, as, body: view }: OneExport,
): Promise<Result<Uint8Array | string, Failure>> {
  const place = context.shelf.place(id);
  if (place === null) return failed(notFound);
  if (as === 'eml') {
    return context.shelf.isFile(id) ? ok(await readFile(place.path)) : context.store.messages.read(id);
  }
  const places = picturePlaces();
  const isAllowed = showsRemote(context, id, { allowRemoteOnce: view?.allowRemoteOnce ?? false });
  const addresses = { ...places, remotePrefix: isAllowed ? places.remotePrefix : null };
  const reply = await context.shelf.parse(
    id,
    as === 'txt' ? { job: 'read-out' } : { job: 'show', addresses },
  );
  if (reply?.kind !== 'parsed') return failed(notFound);
  const { message, body, readable = '' } = reply;
  if (as === 'txt') return ok(textHead(message) + readable);
  if (body === null) return failed(notFound);
  const kind = message.html === null ? 'text' : 'html';
  const page = buildMessagePage(body, { kind, theme: 'light', partsSource: '' });
  return ok(await withPictures(context, id, printablePage(message, page), places));
}

/** Writes a whole backup beside its place and then moves it there, so that an older one is only replaced by a whole one. */
async function backUp(
  context: EngineContext,
  path: string,
  onProgress: (done: number, total: number) => void,
): Promise<Result<{ path: string }, Failure>> {
  const beside = `${path}.part`;
  const backedUp = await attemptWork(() => writeBackup(context, path, beside, onProgress));
  const backup = backedUp.ok ? backedUp.value : backedUp;
  if (!backup.ok) await rm(beside, { force: true }).catch(() => undefined);
  return backup;
}

async function writeBackup(
  context: EngineContext,
  path: string,
  beside: string,
  onProgress: (done: number, total: number) => void,
): Promise<Result<{ path: string }, Failure>> {
  await rm(beside, { force: true });
  const settings = await readFile(join(context.folder, 'settings.json')).catch(() => null);
  const extra = settings === null ? [] : [{ name: 'settings.json', bytes: settings }];
  const written = await context.store.upkeep.backUpWhole(beside, extra, onProgress);
  if (!written.ok) return written;
  await rename(beside, path);
  await context.store.upkeep.noteWholeBackup();
  return ok({ path });
}
