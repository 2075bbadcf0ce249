import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog, Menu, nativeTheme } from 'electron';
import { defaultPreferences, type Preferences } from '../../shared/preferences.ts';
import { announce, showUnread } from './announcements.ts';
import { readArguments } from './arguments.ts';
import { attachmentRequests } from './attachment-requests.ts';
import { EngineClient } from './engine-client.ts';
import { forwardEvents } from './forward-events.ts';
import { serveRequests } from './ipc.ts';
import { LinkDoor } from './link-door.ts';
import { buildMenu } from './menu.ts';
import { messageRequests } from './message-requests.ts';
import { makePrivateFolder, removePrivateFolder } from './private-folder.ts';
import { serveSchemes } from './schemes.ts';
import { sealedSession } from './sealed-session.ts';
import { wordStartFailure } from './start-failure.ts';
import { storageRequests } from './storage-requests.ts';
import { MailTray } from './tray.ts';
import { Windows } from './windows.ts';
import { resolveLanguage } from './words.ts';

/** How long the engine may take to close its sessions and the store. */
const closeLimitMs = 5_000;

/** Files of the built program, beside the main file. */
export type ShellFiles = {
  readonly engineThread: string;
  readonly parseThread: string;
  readonly preload: string;
  readonly renderer: string;
};

/** Runs the window program from `ready` to the last exit. Called once. */
export async function runShell(files: ShellFiles): Promise<void> {
  await app.whenReady();
  const folder = app.getPath('userData');
  const engine = new EngineClient(
    files.engineThread,
    { folder, parseThreadPath: files.parseThread, extraAuthorities: extraAuthorities() },
    (error) => {
      dialog.showErrorBox('Poppy', error.message);
      app.exit(1);
    },
  );
  const failure = await engine.started;
  if (failure !== null) {
    const language = resolveLanguage('system', app.getLocale());
    dialog.showErrorBox('Poppy', wordStartFailure(failure, folder, language));
    app.exit(1);
    return;
  }
  let preferences = await engine.call('preferences/read', {}).catch(() => defaultPreferences);
  const privateFolder = await makePrivateFolder();
  const sealed = await sealedSession();
  serveSchemes(sealed.protocol, files.renderer, engine);
  const links = new LinkDoor(engine);
  const windows = new Windows(sealed, files.preload, links);
  const language = () => resolveLanguage(preferences.language, app.getLocale());
  let unread = 0;
  let isQuitting = false;
  const tray = new MailTray({
    show: () => void windows.showMain(),
    getMail: () => void engine.call('check/start', { accountId: null }),
    quit: () => app.quit(),
  });
  const apply = (chosen: Preferences) => {
    preferences = chosen;
    nativeTheme.themeSource = chosen.theme;
    Menu.setApplicationMenu(buildMenu(language(), () => windows.main));
    tray.isShown = chosen.closesToTray;
    tray.describe(language(), unread);
    app.setLoginItemSettings({ openAtLogin: chosen.startsAtLogin, args: ['--hidden'] });
  };
  windows.hidesInsteadOfClosing = () => preferences.closesToTray && !isQuitting;
  serveRequests(
    engine,
    {
      'app/state': async (_body, window) => ({
        ...(await engine.call('app/engine-state', {})),
        version: app.getVersion(),
        platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
        language: language(),
        file: windows.messageOf(window)?.title ?? null,
      }),
      'link/answer': async ({ question, opens }) => {
        await links.answer(question, opens);
        return null;
      },
      ...messageRequests({ engine, windows, links, session: sealed }),
      ...attachmentRequests(engine, privateFolder, windows),
      ...storageRequests(engine, folder),
    },
    (event) => windows.windowOf(event),
  );
  forwardEvents(engine);
  engine.on('preferences/changed', apply);
  engine.on('mail/announced', (announcement) =>
    announce(announcement, preferences, language(), () => void windows.showMain()),
  );
  engine.on('unread/changed', (changed) => {
    unread = changed.unread;
    showUnread(unread);
    tray.describe(language(), unread);
  });
  app.on('second-instance', (_event, _argv, workingFolder, data) => {
    const values = isStringList(data) ? data : [];
    void openFromArguments(windows, engine, readArguments(values, workingFolder));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    void showFile(windows, engine, path);
  });
  app.on('activate', () => void windows.showMain());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (isQuitting) return;
    isQuitting = true;
    event.preventDefault();
    void engine
      .close(closeLimitMs)
      .then(() => removePrivateFolder(privateFolder))
      .finally(() => app.exit(0));
  });
  app.on('before-quit', () => {
    windows.hidesInsteadOfClosing = () => false;
  });
  apply(preferences);
  await openFromArguments(windows, engine, readArguments(process.argv.slice(1), process.cwd()));
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

async function openFromArguments(
  windows: Windows,
  engine: EngineClient,
  asked: ReturnType<typeof readArguments>,
): Promise<void> {
  if (asked.file !== null && (await showFile(windows, engine, asked.file))) return;
  if (!asked.isHidden) await windows.showMain();
}

/** Shows a message file in a window of its own; false where there is no such file. */
async function showFile(windows: Windows, engine: EngineClient, path: string): Promise<boolean> {
  const known = await stat(path).catch(() => null);
  if (known === null || !known.isFile()) return false;
  const opened = await engine.call('content/open-file', { path });
  if (!opened.ok) return false;
  await windows.showMessage(opened.value.id, path);
  return true;
}

/** Certificate authorities of the person's own, PEM, from the files that Node's and OpenSSL's variables name. */
function extraAuthorities(): string[] {
  const paths = [process.env.NODE_EXTRA_CA_CERTS, process.env.SSL_CERT_FILE];
  return paths.flatMap((path) => {
    if (path === undefined || path === '') return [];
    try {
      return [readFileSync(path, 'utf8')];
    } catch {
      return []; // a file that is not there adds no trust; the certificate's own failure tells the person
    }
  });
}

/** Where the built program's files are, from the folder of the main file. */
export function shellFiles(mainFolder: string): ShellFiles {
  return {
    engineThread: join(mainFolder, 'engine-thread.js'),
    parseThread: join(mainFolder, 'parse-thread.js'),
    preload: join(mainFolder, 'preload.cjs'),
    renderer: join(mainFolder, '..', 'renderer'),
  };
}
