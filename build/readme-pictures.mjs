// npm run pictures: takes the README's pictures anew, from the built program with the sample mailbox.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { startDisplay } from './desktop-session.mjs';
import { sandboxArguments } from './electron-runtime.mjs';
import { launch, say } from './progress.mjs';
import { setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');
const folder = join(top, 'build', 'screenshots');

await launch(async () => {
  const electron = await setUp({ needs: ['window', 'display'], electron: true });
  await bundle();
  const switches = await sandboxArguments(electron);
  const userData = mkdtempSync(join(tmpdir(), 'poppy-pictures-'));
  const { display, stop } = await startDisplay();
  try {
    mkdirSync(folder, { recursive: true });
    await takePictures(electron, [...switches, `--user-data-dir=${userData}`, top], display);
  } finally {
    await stop();
    rmSync(userData, { recursive: true, force: true });
  }
  return 0;
});

async function takePictures(electron, args, display) {
  const { _electron } = await import('playwright');
  const app = await _electron.launch({
    executablePath: electron,
    args,
    env: { ...process.env, DISPLAY: display },
    chromiumSandbox: !args.includes('--no-sandbox'),
  });
  try {
    const window = await app.firstWindow();
    await window.getByRole('button', { name: 'Try it with a sample mailbox' }).click();
    await window.locator('.status-sentence', { hasText: 'Checked at' }).waitFor();
    const messages = window.getByRole('grid', { name: 'Messages' }).getByRole('row');
    await messages.filter({ hasText: 'Three pictures from the same rock' }).click();
    await window.frameLocator('iframe').locator('img').first().waitFor();
    await take(window, 'main-light');
    await window.evaluate(() => window.poppy.request('preferences/update', { theme: 'dark' }));
    await window.getByText('On the server').first().click();
    const rows = window.getByRole('grid', { name: 'Messages on the server' }).getByRole('row');
    for (const subject of ['A recording of the bells', 'Your account will be closed']) {
      await rows.filter({ hasText: subject }).click({ modifiers: ['Control'] });
    }
    await window.getByRole('button', { name: 'Mark for deletion' }).click();
    await window.getByRole('button', { name: 'Where the space goes' }).click();
    await take(window, 'server-dark');
  } finally {
    await app.close();
  }
}

async function take(window, name) {
  await window.mouse.move(0, 0);
  await window.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  const path = join(folder, `${name}.png`);
  await window.screenshot({ path });
  say(path);
}
