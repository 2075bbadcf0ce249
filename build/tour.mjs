// Uses Poppy as a newcomer would: takes the sample mailbox, waits for mail, opens a message, takes a picture.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDisplay } from './desktop-session.mjs';
import { say } from './progress.mjs';

const top = join(import.meta.dirname, '..');
/** Where the picture goes: POPPY_SHOT, or a place that git does not look at. */
const picture = process.env.POPPY_SHOT || join(top, 'build', 'shots', 'start.png');
const waitMs = 60_000;

/** Returns the path of the picture. All of Poppy's data is in a folder that is removed afterwards. */
export async function showOnMemoryDisplay(electron, switches) {
  const userData = mkdtempSync(join(tmpdir(), 'poppy-start-'));
  const { display, stop } = await startDisplay();
  try {
    await tour(electron, [...switches, `--user-data-dir=${userData}`, top], {
      ...process.env,
      DISPLAY: display,
    });
  } finally {
    await stop();
    rmSync(userData, { recursive: true, force: true });
  }
  return picture;
}

async function tour(electron, args, env) {
  const { _electron } = await import('playwright');
  const app = await _electron.launch({
    executablePath: electron,
    args,
    env,
    chromiumSandbox: !args.includes('--no-sandbox'),
  });
  try {
    const window = await app.firstWindow();
    window.setDefaultTimeout(waitMs);
    say('the window is open; adding the sample mailbox');
    await window.getByRole('button', { name: 'Try it with a sample mailbox' }).click();
    const messages = window.getByRole('grid', { name: 'Messages' }).getByRole('row');
    await messages.nth(5).waitFor();
    say('mail is listed; opening a message');
    await messages.nth(1).click();
    await window.frameLocator('iframe').locator('body').waitFor();
    await window.getByRole('region', { name: 'Message', exact: true }).waitFor();
    mkdirSync(dirname(picture), { recursive: true });
    await window.screenshot({ path: picture });
  } finally {
    await app.close();
  }
}
