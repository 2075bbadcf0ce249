import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type Session } from 'electron';
import type { MessageId } from '../../../shared/ids.ts';
import type { PrintedBody } from '../../../shared/message-view.ts';
import { failed, ok } from '../../../shared/result.ts';
import type { EngineClient } from '../engine-client.ts';
import type { LinkDoor } from '../link-door.ts';
import { guardContents, type Windows } from '../windows/windows.ts';
import type { ShellHandlers } from './ipc.ts';

type MessageRequests = Pick<
  ShellHandlers,
  'message/read-file' | 'message/reply' | 'message/save' | 'message/print' | 'message/open-window'
>;

type Tools = {
  readonly engine: EngineClient;
  readonly windows: Windows;
  readonly links: LinkDoor;
  readonly session: Session;
};

/** How a message is printed when the person chose nothing for it. */
const asItComes: PrintedBody = { format: 'auto', allowRemoteOnce: false };

/**
 * Answers requests that take a whole message out of the window: to the composer, a file, the printer, a window of its
 * own.
 */
export function messageRequests(tools: Tools): MessageRequests {
  const { engine, windows, links } = tools;
  return {
    'message/read-file': ({ body }, window) => {
      const shown = windows.messageOf(window);
      if (shown === null) return failed({ kind: 'not-found', canRetry: false });
      return engine.call('message/read', { id: shown.id, body });
    },
    'message/reply': async (ask) => {
      const mailto = await engine.call('message/mailto', ask);
      if (!mailto.ok) return mailto;
      await links.compose(mailto.value.url);
      return ok(null);
    },
    'message/save': async ({ id, as, body = asItComes }, window) => {
      const name = await engine.call('message/file-name', { id });
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('documents'), `${name}.${as}`),
        filters: [{ name: as.toUpperCase(), extensions: [as] }],
      });
      if (chosen.canceled || chosen.filePath === '') return ok(null);
      if (as !== 'pdf') return engine.call('message/export', { id, as, path: chosen.filePath, body });
      return withPrintablePage(tools, { id, body }, async (page) => {
        const bytes = await page.webContents.printToPDF({ printBackground: true, pageSize: 'A4' });
        return writeWhole(chosen.filePath, bytes);
      });
    },
    'message/print': ({ id, body = asItComes }) =>
      withPrintablePage(tools, { id, body }, async (page) => {
        const trouble = await new Promise<string | null>((resolve) => {
          page.webContents.print({ printBackground: true }, (isPrinted, reason) =>
            resolve(isPrinted || /cancel/i.test(reason) ? null : reason),
          );
        });
        return trouble === null ? ok(null) : failed(notWritten(trouble));
      }),
    'message/open-window': async ({ id }) => {
      await windows.showMessage(id, await engine.call('message/file-name', { id }));
      return ok(null);
    },
  };
}

/** Loads the printable page in a hidden window that runs no script. Closes the window in every case. */
async function withPrintablePage<Value>(
  tools: Tools,
  printed: { id: MessageId; body: PrintedBody },
  use: (page: BrowserWindow) => Promise<Value>,
) {
  const printable = await tools.engine.call('content/printable', printed);
  if (!printable.ok) return printable;
  const page = new BrowserWindow({
    show: false,
    webPreferences: {
      session: tools.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    guardContents(page.webContents, tools.links);
    await page.loadURL(`poppy-message://${printable.value.token}/`);
    return await use(page);
  } finally {
    page.destroy();
  }
}

async function writeWhole(path: string, bytes: Uint8Array) {
  try {
    await using file = await open(path, 'w', 0o600);
    await file.writeFile(bytes);
    return ok({ path });
  } catch (error) {
    return failed(notWritten((error as Error).message));
  }
}

function notWritten(what: string) {
  return { kind: 'unreadable-file' as const, what, step: 'open' as const, canRetry: true };
}
