import type { PoppyWindow } from './poppy-window.ts';

/** Makes the window so large, in CSS pixels. */
export async function resize({ app, window }: PoppyWindow, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
  await window.waitForFunction((wanted) => innerWidth === wanted, width);
}
