import { join } from 'node:path';
import {
  BrowserWindow,
  type IpcMainInvokeEvent,
  nativeTheme,
  type Session,
  shell,
  type WebContents,
} from 'electron';
import type { MessageId } from '../../shared/model.ts';
import { forwardKeys } from './forward-keys.ts';
import type { LinkDoor } from './link-door.ts';
import { windowUrl } from './schemes.ts';
import { tellPage } from './tell-page.ts';

/** What a window is for. */
type Purpose =
  | { readonly kind: 'main' }
  | { readonly kind: 'message'; readonly id: MessageId; readonly title: string };

const iconPath = join(import.meta.dirname, '../../icons/256.png');

/** All windows of the program: one main window, and one for each message opened by itself. */
export class Windows {
  readonly #session: Session;
  readonly #preloadPath: string;
  readonly #links: LinkDoor;
  readonly #purposes = new Map<BrowserWindow, Purpose>();
  #main: BrowserWindow | null = null;
  /** Asked when the main window is closed: true keeps the program in the tray. */
  hidesInsteadOfClosing: () => boolean = () => false;

  constructor(sealed: Session, preloadPath: string, links: LinkDoor) {
    this.#session = sealed;
    this.#preloadPath = preloadPath;
    this.#links = links;
  }

  /** The main window, if it is open. */
  get main(): BrowserWindow | null {
    return this.#main;
  }

  /** Shows the main window, making it if need be. */
  async showMain(): Promise<BrowserWindow> {
    if (this.#main !== null) {
      if (this.#main.isMinimized()) this.#main.restore();
      this.#main.show();
      this.#main.focus();
      return this.#main;
    }
    const window = this.#make({ kind: 'main' }, 1280, 800);
    this.#main = window;
    window.on('close', (event) => {
      if (!this.hidesInsteadOfClosing()) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => {
      this.#main = null;
    });
    await window.loadURL(windowUrl);
    return window;
  }

  /** Opens one message in a window of its own. */
  async showMessage(id: MessageId, title: string): Promise<void> {
    const window = this.#make({ kind: 'message', id, title }, 860, 720);
    await window.loadURL(`${windowUrl}?window=message`);
  }

  /** The message a window was opened for; null for the main window. */
  messageOf(window: BrowserWindow): { id: MessageId; title: string } | null {
    const purpose = this.#purposes.get(window);
    return purpose?.kind === 'message' ? { id: purpose.id, title: purpose.title } : null;
  }

  /** The window whose own page sent a request. */
  windowOf(event: IpcMainInvokeEvent): BrowserWindow | undefined {
    return [...this.#purposes.keys()].find((window) => window.webContents === event.sender);
  }

  #make(purpose: Purpose, width: number, height: number): BrowserWindow {
    const window = new BrowserWindow({
      width,
      height,
      minWidth: purpose.kind === 'main' ? 800 : 480,
      minHeight: 480,
      show: false,
      title: 'Poppy',
      icon: iconPath,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1a1c' : '#ffffff',
      webPreferences: {
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
      },
    });
    this.#purposes.set(window, purpose);
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => this.#purposes.delete(window));
    guardContents(window.webContents, this.#links);
    forwardKeys(window.webContents);
    reviveWhenGone(window);
    return window;
  }
}

const deathsWithinMs = 60_000;
const mostRevivals = 3;

/** Brings a page back whose process has died; one that dies again and again is left alone, so that the rest stays usable. */
function reviveWhenGone(window: BrowserWindow): void {
  let deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < deathsWithinMs), now];
    if (deaths.length <= mostRevivals) window.webContents.reload();
  });
}

/** Denies every navigation and every new window, and hands followed links to the one door. */
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
