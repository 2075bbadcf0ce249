// Prints the path of the Electron binary in use, and nothing else.
import { launch } from './progress.mjs';
import { setUp } from './set-up.mjs';

await launch(async () => {
  console.log(await setUp({ electron: true }));
});
