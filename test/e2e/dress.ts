import type { PoppyBridge } from '../../shared/contract.ts';
import type { Preferences } from '../../shared/preferences.ts';
import type { PoppyWindow } from './poppy-window.ts';

/** Chooses preferences as the settings do. */
export async function choose({ window }: PoppyWindow, preferences: Partial<Preferences>): Promise<void> {
  await window.evaluate((chosen) => {
    const { poppy } = globalThis as unknown as { poppy: PoppyBridge };
    return poppy.request('preferences/update', chosen as Partial<Preferences>);
  }, preferences);
}

/** Makes the window so large, in CSS pixels. */
export async function resize({ app, window }: PoppyWindow, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size[0], size[1]),
    [width, height] as const,
  );
  await window.waitForFunction((wanted) => innerWidth === wanted, width);
}
