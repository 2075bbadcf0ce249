// npm start: opens Poppy. Where there is no screen, shows instead that it works: on a display in memory, with the
// sample mailbox, a list of mail and one message on show, kept as a picture.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { sandboxArguments } from './electron-runtime.mjs';
import { launch, say } from './progress.mjs';
import { hasDisplay, setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');

await launch(async () => {
  const isVisible = hasDisplay();
  const electron = await setUp({ needs: isVisible ? ['window'] : ['window', 'display'], electron: true });
  await bundle();
  const switches = await sandboxArguments(electron);
  if (isVisible) return open(electron, switches);
  say('there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): showing Poppy on one in memory');
  const { showOnMemoryDisplay } = await import('./tour.mjs');
  const picture = await showOnMemoryDisplay(electron, switches);
  console.log(`Poppy works; what its window shows: ${picture}`);
  return 0;
});

function open(electron, switches) {
  say('opening Poppy');
  return new Promise((resolve, reject) => {
    const child = spawn(electron, [...switches, top, ...process.argv.slice(2)], { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}
