import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportMail } from '../../../electron/mailbox/moving/export-mail.ts';
import type { Store } from '../../../electron/store/store.ts';
import { mail, storeMail } from '../../store/open-test-store.ts';
import { freshStore, id } from '../maildrop-fixture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poppy-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One message in the inbox, one in the Trash. */
async function fill(store: Store): Promise<void> {
  await storeMail(
    store,
    [{ bytes: mail('Kept') }, { bytes: mail('Thrown away'), marks: { folder: 'trash' } }],
    id,
  );
}

test('what is in the Trash is exported as well, unless it is to be left out', async () => {
  await using fresh = await freshStore();
  await fill(fresh.store);
  const counts: unknown[] = [];
  for (const format of ['mbox', 'eml', 'tar'] as const)
    for (const withoutTrash of [false, true]) {
      const path = join(folder, `${format} ${withoutTrash}`);
      const exported = await exportMail(fresh.store, { format, path, accountId: null, withoutTrash });
      counts.push(exported.ok ? exported.value.count : exported.failure);
    }
  const mbox = await readFile(join(folder, 'mbox false'), 'latin1');
  expect([counts, mbox.includes('Thrown away'), (await readdir(join(folder, 'eml false'))).length]).toEqual([
    [2, 1, 2, 1, 2, 1],
    true,
    2,
  ]);
});

test('what is there already is only replaced when that is asked for, and an export that fails leaves it as it was', async () => {
  await using fresh = await freshStore();
  await fill(fresh.store);
  const path = join(folder, 'письма.mbox');
  const files = join(folder, 'files');
  await writeFile(path, 'older');
  await mkdir(files);
  await writeFile(join(files, 'own.txt'), 'own');
  const to = (format: 'mbox' | 'eml', where: string, overwrites: boolean) =>
    exportMail(fresh.store, { format, path: where, accountId: null, overwrites });
  const refused = [await to('mbox', path, false), await to('eml', files, false)];
  const isDirectory = await to('mbox', files, true);
  const asBefore = await readFile(path, 'latin1');
  const forced = [(await to('mbox', path, true)).ok, (await to('eml', files, true)).ok];
  expect([
    refused,
    isDirectory.ok,
    asBefore,
    forced,
    (await readFile(path, 'latin1')).startsWith('From '),
    (await readdir(files)).length,
    (await readdir(folder)).sort(),
  ]).toEqual([
    [path, files].map((where) => ({
      ok: false,
      failure: { kind: 'bad-input', field: 'path', what: `${where} exists`, canRetry: false },
    })),
    false,
    'older',
    [true, true],
    true,
    3,
    ['files', 'письма.mbox'],
  ]);
});

test('a device is written to and stays what it is', async () => {
  await using fresh = await freshStore();
  await fill(fresh.store);
  const exported = await exportMail(fresh.store, { format: 'mbox', path: '/dev/null', accountId: null });
  expect([exported.ok, await readFile('/dev/null', 'latin1')]).toEqual([true, '']);
});
