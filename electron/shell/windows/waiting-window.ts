import type { BrowserWindow } from 'electron';
import { textOf } from '../texts.ts';
import { waitingPage } from './plain-page.ts';
import { plainWindow } from './plain-window.ts';
import { systemLanguage } from './trouble-window.ts';

/** A start that takes longer than this is explained. A usual one takes a second, also on a slow disk. */
const patienceMs = 8_000;

/** Says why no mail is shown yet, when the index has to be made anew and that takes long. */
export class WaitingWindow {
  readonly #timer: NodeJS.Timeout;
  #window: BrowserWindow | null = null;
  #isOver = false;

  constructor() {
    this.#timer = setTimeout(() => void this.#show(), patienceMs);
  }

  /** Ends the wait. If the window has not been shown yet, it stays away. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Closes the window, once there is another. */
  close(): void {
    this.#isOver = true;
    if (this.#window?.isDestroyed() === false) this.#window.destroy();
  }

  async #show(): Promise<void> {
    const language = systemLanguage();
    const window = await plainWindow();
    if (this.#isOver) return window.destroy();
    this.#window = window;
    // Closing this window would end the program in the middle of its work.
    window.setClosable(false);
    const told = { title: textOf(language, 'opening'), meaning: textOf(language, 'openingMeaning') };
    await window.loadURL(waitingPage({ language, ...told }));
  }
}
