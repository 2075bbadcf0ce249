import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ParsePool } from '../../../electron/message/parsing/parse-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const attempts = `
  import { spawnSync } from 'node:child_process';
  import { parentPort, Worker } from 'node:worker_threads';
  const codeOf = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
  parentPort.on('message', () => parentPort.postMessage({ kind: 'unparsed', reason: 'failed', detail: [
    codeOf(() => spawnSync(process.execPath, ['--version'])),
    codeOf(() => new Worker('', { eval: true })),
    codeOf(() => process.dlopen({ exports: {} }, '/nowhere.node')),
    Object.keys(process.env).length,
  ].join(' ') }));
`;

test('a parse worker can start no process and no thread, load no native code and see no environment', async () => {
  const entry = join(await temporaryFolder(), 'worker.mjs');
  await writeFile(entry, attempts);
  await using pool = new ParsePool({ entry });
  expect(await pool.parse({ job: 'warm-up' })).toMatchObject({
    detail: 'ERR_ACCESS_DENIED ERR_ACCESS_DENIED ERR_DLOPEN_DISABLED 0',
  });
});
