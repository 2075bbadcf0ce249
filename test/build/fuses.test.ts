import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setFuses, wrongFuses } from '../../build/fuses.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What stands before the fuses in every Electron since 12. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** A binary with these fuses, each `0` for off, `1` for on or `r` for one that Electron has given up. */
async function binary(fuses: string): Promise<string> {
  const path = join(await temporaryFolder(), 'electron');
  const [before, after] = [Buffer.from(`code ${sentinel}`), Buffer.from('more code')];
  await writeFile(path, Buffer.concat([before, Buffer.of(1, fuses.length), Buffer.from(fuses), after]));
  return path;
}

const fusesOf = (path: string, count: number) => readFileSync(path, 'latin1').slice(-9 - count, -9);

test('every fuse of an older and of a newer Electron is set', async () => {
  const [older, newer] = [await binary('10110011'), await binary('101100110')];
  const before = [await wrongFuses(older), await wrongFuses(newer)];
  await setFuses(older);
  await setFuses(newer);
  expect([before.map((names) => names.length), fusesOf(older, 8), fusesOf(newer, 9)]).toEqual([
    [8, 9],
    '01001100',
    '010011001',
  ]);
  expect([await wrongFuses(older), await wrongFuses(newer)]).toEqual([[], []]);
});

test('an Electron with a fuse that nobody has decided on is not packaged, and one that was given up is named', async () => {
  const unknown = await binary('0100110011');
  const refused = await setFuses(unknown).catch((error: Error) => error.message);
  expect([refused, await wrongFuses(unknown), await wrongFuses(await binary('r1001100'))]).toEqual([
    expect.stringContaining('strictlyRequireAllFuses'),
    ['fuse 9'],
    ['RunAsNode'],
  ]);
});
