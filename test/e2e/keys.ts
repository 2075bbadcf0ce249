import type { PoppyWindow } from './poppy-window.ts';

/** Presses a key as the system does, so that the program hears of it before the page. */
export async function press({ app }: PoppyWindow, key: string, modifiers: 'shift'[] = []): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { keyCode, held }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      for (const type of ['keyDown', 'char', 'keyUp'] as const)
        contents?.sendInputEvent({ type, keyCode, modifiers: held });
    },
    { keyCode: key, held: modifiers },
  );
}
