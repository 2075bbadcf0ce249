import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../electron/store/index/store-error.ts';
import { nodeFiles, type SegmentFiles } from '../../../electron/store/segments/segment-file.ts';
import { openStore, type Store } from '../../../electron/store/store.ts';
import { faultyFiles } from '../faulty-files.ts';
import { anna, mail, newFolder, openTestStore, summarise } from '../open-test-store.ts';

const inbox = { kind: 'folder', folder: 'inbox', accountId: null } as const;
const subjects = (store: Store) =>
  store.lists
    .page({ place: inbox, offset: 0, limit: 500 })
    .rows.map((row) => row.subject)
    .sort();
const mails = Array.from({ length: 6 }, (_, index) => mail(`m${index + 10}`, 'z'.repeat(700 * index)));

/** Writes one message after another until one fails; answers which were announced and why it stopped. */
async function storeUntilFailure(store: Store): Promise<{ announced: string[]; failure: string | null }> {
  const announced: string[] = [];
  let failure: string | null = null;
  const writer = store.writer(anna);
  writer.onCommitted((batch) => announced.push(...batch.map(({ summary }) => summary.subject)));
  try {
    for (const [index, bytes] of mails.entries()) {
      writer.begin({ uidl: `u${index}`, occurrence: 1, announcedSizeBytes: bytes.length });
      await writer.chunk(bytes);
      await writer.end({ doubtful: false });
      if (index % 3 === 2) await writer.flush();
    }
    await writer.close();
  } catch (error) {
    failure = error instanceof StoreError ? error.failure.kind : String(error);
    await writer.close().catch(() => undefined);
  }
  return { announced: announced.sort(), failure };
}

describe('a disk that fails', () => {
  test.each(['ENOSPC', 'half ENOSPC', 'EROFS'])(
    'with %s at each of its calls announces nothing that is not there afterwards',
    async (code) => {
      const kinds: Record<string, string> = { EROFS: 'folder-read-only' };
      const wrong: string[] = [];
      let tried = 0;
      for (let at = 1; at < 40; at++) {
        const folder = newFolder();
        const { files, calls } = faultyFiles((_, number) => (number === at ? code : null));
        const store = await openTestStore({ folder, files });
        const { announced, failure } = await storeUntilFailure(store);
        await store.close();
        if (calls.length < at) break;
        tried++;
        const again = await openTestStore({ folder });
        const found = subjects(again);
        const ledger = again.ledger(anna).entries().length;
        const unsound = (await again.upkeep.verify()).damaged.length;
        const isLost = announced.some((subject) => !found.includes(subject));
        // Then the rest comes, as it would in the next check, and each is there once.
        await storeUntilFailure(again);
        const isAllThere = subjects(again).length === mails.length;
        const expected = kinds[code] ?? 'disk-full';
        if (
          isLost ||
          unsound > 0 ||
          ledger !== found.length ||
          !isAllThere ||
          (failure !== null && failure !== expected)
        )
          wrong.push(
            `call ${at} ${calls[at - 1]?.name}: ${announced.length} announced, ${found.length} found, ${failure}`,
          );
        await again.close();
      }
      expect([wrong, tried > 6]).toEqual([[], true]);
    },
    90_000,
  );

  test('and fails everything from one call on, as for a killed process, loses nothing announced', async () => {
    const wrong: string[] = [];
    for (let at = 1; at < 40; at++) {
      const folder = newFolder();
      const { files, calls } = faultyFiles((_, number) => (number === at ? 'EIO' : null), true);
      const store = await openTestStore({ folder, files });
      const { announced } = await storeUntilFailure(store);
      await store.close();
      if (calls.length < at) break;
      const again = await openTestStore({ folder });
      const found = subjects(again);
      await storeUntilFailure(again);
      if (announced.some((subject) => !found.includes(subject)) || subjects(again).length !== mails.length)
        wrong.push(`call ${at}: ${announced} / ${found}`);
      await again.close();
    }
    expect(wrong).toEqual([]);
  }, 90_000);
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const canMount =
  isRoot && spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs none $d && umount $d']).status === 0;

describe.runIf(canMount)('a real file system', () => {
  function mounted(options: string): { folder: string; remount(to: string): void; unmount(): void } {
    const folder = newFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder]);
    return {
      folder,
      remount: (to) => void execFileSync('mount', ['-o', `remount,${to}`, folder]),
      unmount: () => void execFileSync('umount', ['-l', folder]),
    };
  }

  test.each([600, 700, 1000])(
    'full at %i KB fails with words and keeps what it announced',
    async (kilobytes) => {
      const disk = mounted(`size=${kilobytes}k`);
      try {
        const folder = join(disk.folder, 'store');
        const opened = await openStore({ folder, summarise });
        const big = Array.from({ length: 40 }, (_, index) => mail(`b${index + 10}`, 'q'.repeat(30_000)));
        const announced: string[] = [];
        let kind = opened.ok ? '' : opened.failure.kind;
        if (opened.ok) {
          const writer = opened.value.writer(anna);
          writer.onCommitted((batch) => announced.push(...batch.map(({ summary }) => summary.subject)));
          try {
            for (const [index, bytes] of big.entries()) {
              writer.begin({ uidl: `u${index}`, occurrence: 1, announcedSizeBytes: bytes.length });
              await writer.chunk(bytes);
              await writer.end({ doubtful: false });
              await writer.flush();
            }
          } catch (error) {
            kind = error instanceof StoreError ? error.failure.kind : String(error);
          }
          await writer.close().catch(() => undefined);
          await opened.value.close();
        }
        disk.remount('size=20m');
        const again = await openStore({ folder, summarise });
        const found = again.ok ? subjects(again.value) : [];
        const unsound = again.ok ? (await again.value.upkeep.verify()).damaged : ['not opened'];
        if (again.ok) await again.value.close();
        expect([kind, announced.filter((subject) => !found.includes(subject)), unsound]).toEqual([
          'disk-full',
          [],
          [],
        ]);
      } finally {
        disk.unmount();
      }
    },
  );

  test('that is full still lists in an order that has no index yet, which comes with the room for it', async () => {
    const disk = mounted('size=3m');
    try {
      const folder = join(disk.folder, 'store');
      const store = await openTestStore({ folder });
      await storeUntilFailure(store);
      const filler = openSync(join(disk.folder, 'filler'), 'w');
      try {
        while (writeSync(filler, Buffer.alloc(4096)) > 0);
      } catch {
        // Full.
      }
      closeSync(filler);
      const largestFirst = () =>
        store.lists
          .page({ place: inbox, sort: { by: 'size', descending: true }, offset: 0, limit: 500 })
          .rows.map(({ subject }) => subject);
      const whenFull = largestFirst();
      rmSync(join(disk.folder, 'filler'));
      const expected = mails.map((_, index) => `m${index + 10}`).reverse();
      expect([whenFull, largestFirst()]).toEqual([expected, expected]);
      await store.close();
    } finally {
      disk.unmount();
    }
  });

  test('that is read-only says so and is whole when it can be written again', async () => {
    const folder = newFolder();
    const store = await openTestStore({ folder });
    await storeUntilFailure(store);
    await store.close();
    const view = newFolder();
    execFileSync('mount', ['--bind', folder, view]);
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', view]);
      const refused = await openStore({ folder: view, summarise });
      const again = await openTestStore({ folder });
      const found = subjects(again).length;
      await again.close();
      expect([refused.ok ? 'opened' : refused.failure.kind, found]).toEqual([
        'folder-read-only',
        mails.length,
      ]);
    } finally {
      execFileSync('umount', ['-l', view]);
    }
  });
});

describe.runIf(canMount)('a file in the folder of a store', () => {
  /** Opens a store twice while a file in it is a mount of its own, and says how that went. */
  async function openTwice(name: string, options: string): Promise<string[]> {
    const folder = newFolder();
    await (await openTestStore({ folder })).close();
    const path = join(folder, name);
    closeSync(openSync(path, 'a'));
    execFileSync('mount', ['--bind', path, path]);
    const opened: Awaited<ReturnType<typeof openStore>>[] = [];
    try {
      execFileSync('mount', ['-o', `remount,bind,${options}`, path]);
      for (let time = 0; time < 2; time++) opened.push(await openStore({ folder }));
    } finally {
      for (const each of opened) if (each.ok) await each.value.close();
      execFileSync('umount', ['-l', path]);
    }
    return opened.map((each) => (each.ok ? 'opened' : each.failure.kind));
  }

  test('that is its lock and cannot be written lets nobody in, for it would hold back nobody', async () => {
    expect(await openTwice('lock.sqlite', 'ro')).toEqual(['folder-read-only', 'folder-read-only']);
  });

  test('that is left by the trial of writing and cannot be removed is in nobody’s way', async () => {
    expect(await openTwice('index.probe', 'rw')).toEqual(['opened', 'store-busy']);
  });
});

test('nothing is told of before the log of the index is on the disk, and closing waits for that', async () => {
  const folder = newFolder();
  const order: string[] = [];
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached: () => void = () => undefined;
  const atLog = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const files: SegmentFiles = {
    ...nodeFiles,
    open: async (path, mode) => {
      const file = await nodeFiles.open(path, mode);
      const sync = async () => {
        const name = path.endsWith('-wal') ? 'log' : 'records';
        if (name === 'log') {
          reached();
          await gate;
        }
        await file.sync();
        order.push(`${name} synced`);
      };
      return { ...file, sync };
    },
  };
  const store = await openTestStore({ folder, files });
  const writer = store.writer(anna);
  writer.onCommitted(() => order.push('told'));
  writer.begin({ uidl: 'u', occurrence: 1, announcedSizeBytes: 10 });
  await writer.chunk(mail('one'));
  await writer.end({ doubtful: false });
  const closed = store.close().then(() => order.push('closed'));
  await atLog;
  await turn();
  const before = [...order];
  letGo();
  await closed;
  const again = await openTestStore({ folder });
  expect([before, order, subjects(again)]).toEqual([
    ['records synced'],
    ['records synced', 'log synced', 'told', 'closed'],
    ['one'],
  ]);
});

test('a second opening of the same store is told that it is busy, and the first is not disturbed', async () => {
  const folder = newFolder();
  const store = await openTestStore({ folder });
  const second = await openStore({ folder });
  const { announced } = await storeUntilFailure(store);
  await store.close();
  const third = await openStore({ folder });
  if (third.ok) await third.value.close();
  expect([second.ok ? 'opened' : second.failure, announced.length, third.ok]).toEqual([
    { kind: 'store-busy', step: 'store', canRetry: true },
    mails.length,
    true,
  ]);
});

test('a path where a folder cannot be made fails with words', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'index.sqlite'), { recursive: true });
  const opened = await openStore({ folder });
  if (opened.ok) await opened.value.close();
  expect(opened.ok ? 'opened' : opened.failure.kind).toBe('folder-read-only');
});

test('an index that takes no more ends a message in the middle of its bytes in words, and what was told stays', async () => {
  const folder = newFolder();
  let isFull = false;
  const clock = () => {
    if (isFull) throw Object.assign(new Error('ENOSPC: made up by a test'), { code: 'ENOSPC' });
    return 1e12;
  };
  const store = await openTestStore({ folder, clock });
  const writer = store.writer(anna);
  const write = (subject: string) => {
    const bytes = mail(subject);
    writer.begin({ uidl: subject, occurrence: 1, announcedSizeBytes: bytes.length });
    void writer.chunk(bytes);
    void writer.end({ doubtful: false });
  };
  write('kept');
  await writer.flush();
  write('lost');
  writer.begin({ uidl: 'long', occurrence: 1, announcedSizeBytes: 1e9 });
  isFull = true;
  const piece = Buffer.alloc(1000, 'x');
  const streamed = async () => {
    for (;;) {
      await writer.chunk(piece);
      await turn();
    }
  };
  const error = await streamed().catch((thrown: unknown) => thrown);
  await writer.close().catch(() => undefined);
  isFull = false;
  await store.close();
  const again = await openTestStore({ folder });
  expect([error instanceof StoreError ? error.failure.kind : error, subjects(again)]).toEqual([
    'disk-full',
    // The records of the group are whole, and its server still has them: taken in or fetched again, never both.
    ['kept', 'lost'],
  ]);
});
