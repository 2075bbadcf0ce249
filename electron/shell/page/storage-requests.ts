import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { EngineClient } from '../engine-client.ts';
import type { ShellHandlers } from './ipc.ts';

type StorageRequests = Pick<
  ShellHandlers,
  | 'server/save-transcript'
  | 'storage/backup'
  | 'storage/restore'
  | 'storage/export'
  | 'storage/import'
  | 'moving-in/choose'
  | 'storage/open-folder'
>;

/** Answers requests to save and load whole mailboxes. The person chooses the place in a dialog. */
export function storageRequests(engine: EngineClient, userDataFolder: string): StorageRequests {
  return {
    'server/save-transcript': async ({ accountId }, window) => {
      const path = await askWhere(window, 'poppy-protocol.txt');
      if (path === null) return ok(null);
      const text = await engine.call('transcript/text', { accountId });
      return written(path, text);
    },
    'storage/backup': async (_body, window) => {
      const path = await askWhere(window, `poppy-backup-${new Date().toISOString().slice(0, 10)}.tar`);
      return path === null ? ok(null) : engine.call('storage/backup-to', { path });
    },
    'storage/restore': async (_body, window) => {
      const [path] = await askWhich(window, ['openFile']);
      return path === undefined ? ok(null) : engine.call('storage/restore-from', { path });
    },
    'storage/export': async ({ format, accountId }, window) => {
      if (format === 'eml' || format === 'maildir') {
        const [folder] = await askWhich(window, ['openDirectory', 'createDirectory']);
        if (folder === undefined) return ok(null);
        return engine.call('storage/export-to', { format, accountId, path: folder });
      }
      const path = await askWhere(window, `mail.${format}`);
      return path === null ? ok(null) : engine.call('storage/export-to', { format, accountId, path });
    },
    'storage/import': async ({ accountId, source }, window) => {
      const paths = await askWhich(
        window,
        source === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
      );
      return paths.length === 0 ? ok(null) : engine.call('storage/import-from', { accountId, paths });
    },
    'moving-in/choose': async ({ source }, window) => {
      const paths = await askWhich(
        window,
        source === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
      );
      return paths.length === 0 ? ok(null) : engine.call('moving-in/look-at', { paths });
    },
    'storage/open-folder': async () => {
      await readdir(userDataFolder);
      await shell.openPath(userDataFolder);
      return null;
    },
  };
}

async function askWhere(window: BrowserWindow, name: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, { defaultPath: join(app.getPath('documents'), name) });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}

async function askWhich(
  window: BrowserWindow,
  properties: ('openFile' | 'openDirectory' | 'multiSelections' | 'createDirectory')[],
): Promise<string[]> {
  const chosen = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('documents'),
    properties,
  });
  return chosen.canceled ? [] : chosen.filePaths;
}

async function written(path: string, text: string): Promise<Result<{ path: string }, Failure>> {
  try {
    await writeFile(path, text, { mode: 0o600 });
    return ok({ path });
  } catch (error) {
    return failed({ kind: 'unreadable-file', what: (error as Error).message, step: 'open', canRetry: true });
  }
}
