import { app, BrowserWindow, dialog, Menu } from 'electron';
import { type Language, resolveLanguage } from '../../../shared/language.ts';
import { textOf } from '../texts.ts';
import { type Trouble, troubleAnswers, troublePage } from './plain-page.ts';
import { plainWindow } from './plain-window.ts';

/** The language of texts that are shown before the preferences are known. */
export function systemLanguage(): Language {
  return resolveLanguage('system', app.getLocale());
}

/**
 * Says why the program cannot go on, and ends the program when the window is closed. The window needs no other part of
 * the program. All other windows are closed: they would only ask an engine that has ended.
 */
export async function tellTrouble(
  language: Language,
  told: Pick<Trouble, 'title' | 'meaning' | 'details'>,
): Promise<void> {
  // A second start of Poppy then tries again, instead of handing its arguments to this copy.
  app.releaseSingleInstanceLock();
  app.removeAllListeners('activate');
  Menu.setApplicationMenu(null);
  try {
    await showTrouble({
      ...told,
      language,
      startAgain: textOf(language, 'startAgain'),
      quit: textOf(language, 'quit'),
      detailsLabel: textOf(language, 'details'),
    });
  } catch (error) {
    dialog.showErrorBox(told.title, `${told.meaning}\n\n${told.details}\n${String(error)}`);
    app.exit(1);
  }
}

/** Says that the folder for all data cannot be used. `reason` is the system's own text. */
export async function tellUnusableFolder(folder: string, reason: string): Promise<void> {
  await app.whenReady();
  const language = systemLanguage();
  await tellTrouble(language, {
    title: textOf(language, 'cannotStart'),
    meaning: textOf(language, 'cannotStartReadOnly', { folder }),
    details: reason,
  });
}

/**
 * Says on stderr and in a box of the system that the program does not run without its protection, and ends it. There is no
 * window for it: its page would be drawn without the sandbox too.
 */
export function tellRefusedSwitch(name: string): void {
  const language = systemLanguage();
  const [title, meaning] = [
    textOf(language, 'noSandbox'),
    textOf(language, 'noSandboxMeaning', { name: `--${name}` }),
  ];
  process.stderr.write(`${title}. ${meaning}\n`);
  // Before the program is ready the box is only a line on stderr, on Linux.
  if (process.platform !== 'linux') dialog.showErrorBox(title, meaning);
  app.exit(1);
}

/** Says that something broke before the first window was there. */
export async function tellBrokenStart(folder: string, error: unknown): Promise<void> {
  await app.whenReady();
  const language = systemLanguage();
  const reason = error instanceof Error ? error.message : String(error);
  await tellTrouble(language, {
    title: textOf(language, 'cannotStart'),
    meaning: textOf(language, 'cannotStartOther', { folder, reason }),
    details: error instanceof Error ? (error.stack ?? '') : '',
  });
}

async function showTrouble(trouble: Trouble): Promise<void> {
  const others = BrowserWindow.getAllWindows();
  const window = await plainWindow();
  window.on('closed', () => app.exit(1));
  window.webContents.on('will-frame-navigate', (event) => {
    if (event.url === troubleAnswers.startAgain) app.relaunch();
    if (event.url === troubleAnswers.startAgain || event.url === troubleAnswers.quit) window.close();
  });
  for (const other of others) other.destroy();
  await window.loadURL(troublePage(trouble));
}
