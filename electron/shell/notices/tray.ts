import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Language } from '../../../shared/language.ts';
import { textOf } from '../texts.ts';

type TrayActions = { show(): void; getMail(): void; quit(): void };

/** The icon beside the clock. Its tooltip has the unread count, its menu a few commands that need no window. */
export class MailTray {
  readonly #actions: TrayActions;
  #tray: Tray | null = null;

  constructor(actions: TrayActions) {
    this.#actions = actions;
  }

  /** Shows or removes the icon. */
  set isShown(wanted: boolean) {
    if (wanted === (this.#tray !== null)) return;
    if (!wanted) {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray = new Tray(nativeImage.createFromPath(join(import.meta.dirname, '../../icons/32.png')));
    this.#tray.on('click', () => this.#actions.show());
  }

  /** Renews the texts after a change of the language or of the count. */
  describe(language: Language, unread: number): void {
    if (this.#tray === null) return;
    this.#tray.setToolTip(`Poppy — ${textOf(language, 'unread', { count: unread })}`);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: textOf(language, 'show'), click: () => this.#actions.show() },
        { label: textOf(language, 'getMail'), click: () => this.#actions.getMail() },
        { type: 'separator' },
        { label: textOf(language, 'quit'), click: () => this.#actions.quit() },
      ]),
    );
  }
}
