import type { Page } from 'playwright';
import type { PoppyBridge } from '../../shared/contract.ts';
import type { Preferences } from '../../shared/preferences.ts';

/** Chooses preferences as the settings do. */
export async function choose(
  { window }: { readonly window: Page },
  preferences: Partial<Preferences>,
): Promise<void> {
  await window.evaluate((chosen) => {
    const { poppy } = globalThis as unknown as { poppy: PoppyBridge };
    return poppy.request('preferences/update', chosen as Partial<Preferences>);
  }, preferences);
}
