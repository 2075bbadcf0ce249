import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { command, fetchArguments } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';
import { mayMount, SmallDisk } from './small-disk.ts';

/** A folder that can be shut: root is stopped by a mounted disk only, anybody else by modes. */
type Shuttable = Disposable & { readonly folder: string; shut(isShut: boolean): void };

function mountedFolder(): Shuttable {
  const disk = new SmallDisk(12 * 1024 * 1024);
  return {
    folder: disk.folder,
    shut: (isShut) => disk.setReadOnly(isShut),
    [Symbol.dispose]: () => disk[Symbol.dispose](),
  };
}

function shutByModes(folder: string, isShut: boolean): void {
  chmodSync(folder, isShut ? 0o500 : 0o700);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) shutByModes(path, isShut);
    else chmodSync(path, isShut ? 0o400 : 0o600);
  }
}

function ordinaryFolder(): Shuttable {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-shut-'));
  return {
    folder,
    shut: (isShut) => shutByModes(folder, isShut),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const isRoot = process.getuid?.() === 0;
const isPossible = !isRoot || mayMount();
const why = isPossible ? '' : ' (passed over: nothing stops root here)';

for (const { name, before } of [
  { name: 'of a new store', before: 0 },
  { name: 'of a store with mail in it', before: 10 },
])
  test.skipIf(!isPossible)(
    `a folder ${name} that cannot be written is named, and the mail stays on the server until it can${why}`,
    async () => {
      const messages = [...maildropA(20, 71)];
      using place = isRoot ? mountedFolder() : ordinaryFolder();
      const store = join(place.folder, 'store');
      mkdirSync(store);
      await using dovecot = await startDovecot({
        users: [{ name: 'anna', password: 'secret', messages: messages.slice(0, before) }],
        withoutTls: true,
      });
      const args = fetchArguments({ port: dovecot.plainPort, store, leave: 'delete' });
      if (before > 0) await command(args);
      for (const message of messages.slice(before)) dovecot.addMessage(message);
      place.shut(true);
      const { code, rows, errors } = await command(args);
      const left = (await dovecot.readMaildrop()).length;
      place.shut(false);
      const rest = await command(args);
      expect({
        code,
        kind: (rows[0]?.failure as { kind: string } | undefined)?.kind,
        errors,
        left,
        rest: [rest.code, rest.rows[0]?.stored],
        ...(await contentsOf(store)),
      }).toEqual({
        code: 8,
        kind: 'folder-read-only',
        errors: '',
        left: 20 - before,
        rest: [0, 20 - before],
        messages: fingerprints(messages),
        damaged: [],
      });
    },
  );
