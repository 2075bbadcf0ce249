import type { BrowserWindow } from 'electron';
import { waitingPage } from './plain-page.ts';
import { plainWindow } from './plain-window.ts';
import { textOf } from './texts.ts';
import { systemLanguage } from './trouble-window.ts';

/** A start that lasts longer than this is explained; a usual one takes a second, also on a slow disk. */
const patienceMs = 8_000;

/** Says why no mail is to be seen yet, when making the list of it anew takes its time. */
export class WaitingWindow {
  readonly #timer: NodeJS.Timeout;
  #window: BrowserWindow | null = null;
  #isOver = false;

  constructor() {
    this.#timer = setTimeout(() => void this.#show(), patienceMs);
  }

  /** The wait is over: the window is not shown any more if it has not been. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Takes the window away, once there is another. */
  close(): void {
    this.#isOver = true;
    if (this.#window?.isDestroyed() === false) this.#window.destroy();
  }

  async #show(): Promise<void> {
    const language = systemLanguage();
    const window = await plainWindow();
    if (this.#isOver) return window.destroy();
    this.#window = window;
    // Closing it would end the program in the midst of its work.
    window.setClosable(false);
    const told = { title: textOf(language, 'opening'), meaning: textOf(language, 'openingMeaning') };
    await window.loadURL(waitingPage({ language, ...told }));
  }
}
