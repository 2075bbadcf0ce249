import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme, powerMonitor, shell } from 'electron';
import { type Language, resolveLanguage } from '../../shared/language.ts';
import { defaultPreferences, type Preferences } from '../../shared/preferences.ts';
import { EngineClient } from './engine-client.ts';
import { followSleep } from './follow-sleep.ts';
import { LinkDoor } from './link-door.ts';
import { menuTemplate } from './menu.ts';
import { answerNotification } from './notices/answer-notification.ts';
import { notify, showUnread } from './notices/show-notification.ts';
import { MailTray } from './notices/tray.ts';
import { attachmentRequests } from './page/attachment-requests.ts';
import { forwardEvents } from './page/forward-events.ts';
import { noteMessageFocus } from './page/forward-keys.ts';
import { type ShellHandlers, serveRequests } from './page/ipc.ts';
import { messageRequests } from './page/message-requests.ts';
import { pageMessage } from './page/page-message.ts';
import { storageRequests } from './page/storage-requests.ts';
import { tellPage } from './page/tell-page.ts';
import { makePrivateFolder, removePrivateFolder } from './private-folder.ts';
import { serveSchemes } from './schemes.ts';
import { type Arguments, readArguments } from './start/arguments.ts';
import type { AskedToOpen } from './start/asked-to-open.ts';
import { electronRelease } from './start/electron-release.ts';
import { hasWholeSandbox } from './start/sandbox-refusal.ts';
import { startAtLogin } from './start/start-at-login.ts';
import { startFailureText } from './start/start-failure.ts';
import { textOf } from './texts.ts';
import { sealedSession } from './windows/sealed-session.ts';
import { systemLanguage, tellTrouble } from './windows/trouble-window.ts';
import { WaitingWindow } from './windows/waiting-window.ts';
import { Windows } from './windows/windows.ts';

/*
 * How the shell works.
 *
 * The shell is the side of Electron: windows, menu, tray, dialogs, notifications, links. It decides nothing about mail.
 * The engine worker does the work; the shell asks it (engine-client) and passes its events on (forward-events).
 *
 * A page is not trusted. Each request is checked before anything is done (ipc). Answers and events go to a page by one
 * numbered channel (page-channel). No page reaches the network: all windows share one session without a way out
 * (sealed-session), and a page loads only the program's own schemes (schemes). A link leaves only by the link door, and
 * a file only by a dialog or the private folder.
 */

/** How long the engine may take to close its sessions and the store. */
const closeLimitMs = 5_000;

/** Files of the built program, beside the main file. */
export type ShellFiles = {
  readonly engineWorker: string;
  readonly parseWorker: string;
  readonly preload: string;
  readonly renderer: string;
};

/** The parts that exist while the program runs. */
type Shell = {
  readonly engine: EngineClient;
  readonly windows: Windows;
  readonly tray: MailTray;
  readonly links: LinkDoor;
  readonly handlers: ShellHandlers;
  readonly privateFolder: string;
  /** Values that change while it runs. */
  readonly state: { preferences: Preferences; unread: number };
};

/** Runs the window program from `ready` to the last exit. Called once. Rejects when it cannot begin. */
export async function runShell(files: ShellFiles, asked: AskedToOpen): Promise<void> {
  await app.whenReady();
  const asks = readArguments(process.argv.slice(1), process.cwd());
  const waiting = asks.isHidden ? null : new WaitingWindow();
  const folder = app.getPath('userData');
  const engine = startEngine(files, folder);
  const failure = await engine.started.finally(() => waiting?.stop());
  if (failure !== null) {
    const language = systemLanguage();
    const meaning = startFailureText(failure, folder, language);
    await tellTrouble(language, { title: textOf(language, 'cannotStart'), meaning, details: '' });
    return waiting?.close();
  }
  const shell = await assemble(files, folder, engine);
  serveRequests(engine, shell.handlers, (event) => shell.windows.windowOf(event));
  followEngine(shell, asks.isHidden);
  followSystem(shell);
  followSleep(powerMonitor, engine);
  await openAsked(shell, asks);
  // Not earlier: the program ends when its last window is closed.
  waiting?.close();
  asked.handTo((later) => void openAsked(shell, later));
}

function startEngine(files: ShellFiles, folder: string): EngineClient {
  return new EngineClient(
    files.engineWorker,
    { folder, parseWorkerPath: files.parseWorker, extraAuthorities: extraAuthorities() },
    (error) => {
      const language = systemLanguage();
      void tellTrouble(language, {
        title: textOf(language, 'stopped'),
        meaning: textOf(language, 'stoppedMeaning'),
        details: error.message,
      });
    },
  );
}

async function assemble(files: ShellFiles, folder: string, engine: EngineClient): Promise<Shell> {
  const preferences = await engine.call('preferences/read', {}).catch(() => defaultPreferences);
  const privateFolder = await makePrivateFolder(folder);
  const session = await sealedSession();
  serveSchemes(session.protocol, files.renderer, engine);
  const links = new LinkDoor(engine);
  const windows = new Windows({ session, preloadPath: files.preload, links, userDataFolder: folder });
  const state = { preferences, unread: 0 };
  const tray = new MailTray({
    show: () => void windows.showMain(),
    getMail: () => void engine.call('check/start', { accountId: null }),
    quit: () => app.quit(),
  });
  const handlers: ShellHandlers = {
    'app/state': async (_body, window) => ({
      ...(await engine.call('app/engine-state', {})),
      version: app.getVersion(),
      electron: electronRelease(process.versions.electron),
      isSandboxed: hasWholeSandbox((name) => app.commandLine.hasSwitch(name)),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      language: languageOf(state.preferences),
      file: windows.messageOf(window)?.title ?? null,
    }),
    'link/answer': async ({ question, opens }) => {
      await links.answer(question, opens);
      return null;
    },
    'reading/page': (ask, window) => pageMessage(window.webContents, ask),
    'reading/focus': ({ isInMessage }, window) => noteMessageFocus(window.webContents, isInMessage),
    ...messageRequests({ engine, windows, links, session }),
    ...attachmentRequests(engine, privateFolder, windows),
    ...storageRequests(engine, folder),
  };
  return { engine, windows, tray, links, handlers, privateFolder, state };
}

/** Carries the engine's events to the system: texts, colours, tray, notifications, unread count. */
function followEngine({ engine, windows, tray, links, state }: Shell, isHidden: boolean): void {
  const language = () => languageOf(state.preferences);
  const apply = (chosen: Preferences) => {
    state.preferences = chosen;
    nativeTheme.themeSource = chosen.theme;
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(language(), (name) => askPage(windows, name))),
    );
    // Without the icon nobody could find a program that started without a window.
    tray.isShown = chosen.closesToTray || isHidden;
    tray.describe(language(), state.unread);
    startAtLogin(chosen.startsAtLogin);
  };
  forwardEvents(engine);
  engine.on('preferences/changed', apply);
  engine.on(
    'mail/arrived',
    (announcement) =>
      void notify(
        announcement,
        state.preferences,
        language(),
        (answer) => void answerNotification(engine, windows, answer),
      ),
  );
  engine.on('browser/asked', ({ url }) => void links.openProviderPage(url).catch(() => shell.beep()));
  engine.on('unread/changed', ({ unread }) => {
    state.unread = unread;
    showUnread(unread);
    tray.describe(language(), unread);
  });
  apply(state.preferences);
}

/** Sends a command of the menu to the window in front. */
function askPage(windows: Windows, command: string): void {
  const window = BrowserWindow.getFocusedWindow() ?? windows.main;
  if (window !== null) tellPage(window.webContents, 'command/asked', { command });
}

/** Ends in this order: writing is finished, sessions are closed, private copies are removed. */
function followSystem({ engine, windows, privateFolder, state }: Shell): void {
  let isQuitting = false;
  windows.hidesInsteadOfClosing = () => state.preferences.closesToTray;
  windows.onOutOfSight = () => void engine.call('server/rest', {}).catch(() => undefined); // the engine may be ending
  app.on('activate', () => void windows.showMain());
  app.on('before-quit', () => {
    windows.hidesInsteadOfClosing = () => false;
  });
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
}

async function openAsked({ windows, engine }: Shell, asked: Arguments): Promise<void> {
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

function languageOf(preferences: Preferences): Language {
  return resolveLanguage(preferences.language, app.getLocale());
}

/** The person's own certificate authorities, PEM, from the files that Node's and OpenSSL's variables name. */
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
    engineWorker: join(mainFolder, 'engine-worker.js'),
    parseWorker: join(mainFolder, 'parse-worker.js'),
    preload: join(mainFolder, 'preload.cjs'),
    renderer: join(mainFolder, '..', 'renderer'),
  };
}
