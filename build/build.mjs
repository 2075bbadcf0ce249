// npm run build: makes build/out.
import { bundle } from './bundle.mjs';
import { launch, say } from './progress.mjs';
import { setUp } from './set-up.mjs';

await launch(async () => {
  await setUp();
  await bundle();
  say('build/out is up to date');
});
