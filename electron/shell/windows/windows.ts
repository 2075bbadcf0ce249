import { join } from 'node:path';
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type IpcMainEvent,
  nativeTheme,
  type Session,
  screen,
  shell,
  type WebContents,
} from 'electron';
import type { MessageId } from '../../../shared/ids.ts';
import type { LinkDoor } from '../link-door.ts';
import { forwardKeys } from '../page/forward-keys.ts';
import { tellPage } from '../page/tell-page.ts';
import { windowUrl } from '../schemes.ts';
import { revivePage } from './revive-page.ts';
import {
  type Bounds,
  fitBounds,
  keepWindowPlace,
  readWindowPlace,
  type WindowSize,
} from './window-bounds.ts';

/** The purpose of a window. */
type Purpose =
  | { readonly kind: 'main' }
  | { readonly kind: 'message'; readonly id: MessageId; readonly title: string };

/** Two panes of the window fit into 800 x 480. Three are shown where there is room. */
const mainSize: WindowSize = { width: 1280, height: 800, minWidth: 800, minHeight: 480 };
const messageSize: WindowSize = { width: 860, height: 720, minWidth: 480, minHeight: 480 };

const iconPath = join(import.meta.dirname, '../../icons/256.png');

/** All windows of the program: one main window, and one for each message opened by itself. */
export class Windows {
  readonly #session: Session;
  readonly #preloadPath: string;
  readonly #links: LinkDoor;
  readonly #placePath: string;
  readonly #purposes = new Map<BrowserWindow, Purpose>();
  #main: BrowserWindow | null = null;
  /** Asked when the main window is closed. True keeps the program in the tray. */
  hidesInsteadOfClosing: () => boolean = () => false;
  /** Called when the main window is out of sight, hidden or closed. */
  onOutOfSight: () => void = () => undefined;

  constructor(tools: { session: Session; preloadPath: string; links: LinkDoor; userDataFolder: string }) {
    this.#session = tools.session;
    this.#preloadPath = tools.preloadPath;
    this.#links = tools.links;
    this.#placePath = join(tools.userDataFolder, 'window.json');
  }

  /** The main window, if it is open. */
  get main(): BrowserWindow | null {
    return this.#main;
  }

  /** Shows the main window. Makes it if there is none. */
  async showMain(): Promise<BrowserWindow> {
    if (this.#main !== null) {
      if (this.#main.isMinimized()) this.#main.restore();
      this.#main.show();
      this.#main.focus();
      return this.#main;
    }
    const left = readWindowPlace(this.#placePath);
    const window = this.#make({ kind: 'main' }, mainSize, left?.bounds ?? null);
    if (left?.isMaximized === true) window.maximize();
    this.#main = window;
    window.on('close', (event) => {
      keepWindowPlace(this.#placePath, {
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
      });
      if (!this.hidesInsteadOfClosing()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('hide', () => this.onOutOfSight());
    window.on('closed', () => {
      this.#main = null;
      this.onOutOfSight();
    });
    await window.loadURL(windowUrl);
    return window;
  }

  /** Opens one message in a window of its own, or shows the window it has already. */
  async showMessage(id: MessageId, title: string): Promise<void> {
    for (const [window, purpose] of this.#purposes)
      if (purpose.kind === 'message' && purpose.id === id) {
        if (window.isMinimized()) window.restore();
        window.focus();
        return;
      }
    const window = this.#make({ kind: 'message', id, title }, messageSize, null);
    await window.loadURL(`${windowUrl}?window=message`);
  }

  /** The message a window was opened for; null for the main window. */
  messageOf(window: BrowserWindow): { id: MessageId; title: string } | null {
    const purpose = this.#purposes.get(window);
    return purpose?.kind === 'message' ? { id: purpose.id, title: purpose.title } : null;
  }

  /** The window whose page sent a message. */
  windowOf(event: IpcMainEvent): BrowserWindow | undefined {
    return [...this.#purposes.keys()].find((window) => window.webContents === event.sender);
  }

  #make(purpose: Purpose, size: WindowSize, left: Bounds | null): BrowserWindow {
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    const window = new BrowserWindow({
      ...fitBounds(
        left,
        [main, ...others].map(({ workArea }) => workArea),
        size,
      ),
      minWidth: size.minWidth,
      minHeight: size.minHeight,
      show: false,
      title: 'Poppy',
      icon: iconPath,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1a1c' : '#ffffff',
      webPreferences: this.#webPreferences(),
    });
    this.#purposes.set(window, purpose);
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => this.#purposes.delete(window));
    guardContents(window.webContents, this.#links);
    forwardKeys(window.webContents);
    reviveWhenGone(window);
    return window;
  }

  #webPreferences(): NonNullable<BrowserWindowConstructorOptions['webPreferences']> {
    return {
      session: this.#session,
      preload: this.#preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      devTools: process.env.POPPY_DEVTOOLS === '1',
    };
  }
}

/** Loads a page again when its process has died. */
function reviveWhenGone(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) revivePage(window.webContents);
  });
}

/** Denies every navigation and every new window. Hands followed links to the link door. */
export function guardContents(contents: WebContents, links: LinkDoor): void {
  const follow = (url: string) => {
    void links.follow(contents, url).catch(() => shell.beep());
  };
  contents.setWindowOpenHandler(({ url }) => {
    follow(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (event.url.startsWith('poppy-message:') && !event.isMainFrame) return;
    event.preventDefault();
    if (/^(https?|mailto):/i.test(event.url)) follow(event.url);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('update-target-url', (_event, url) => {
    const shown = /^(https?|mailto):/i.test(url) ? url : null;
    tellPage(contents, 'link/hovered', { url: shown, host: shown === null ? null : hostOf(shown) });
  });
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host || null;
  } catch {
    return null;
  }
}
