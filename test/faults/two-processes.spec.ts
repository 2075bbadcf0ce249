import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { Relay } from '../servers/relay.ts';
import { command, fetchArguments, startCommand } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';

test('a second process is told at once that the store is busy, and the first is not disturbed', async () => {
  const messages = [...maildropA(20, 41)];
  const store = mkdtempSync(join(tmpdir(), 'poppy-shared-'));
  await using dovecot = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages }],
    withoutTls: true,
  });
  await using relay = new Relay(dovecot.plainPort);
  const args = fetchArguments({ port: await relay.listen(), store, leave: 'delete' });
  const others: ReturnType<typeof command>[] = [];
  // The first waits in the middle of a message until the others have had their answer.
  relay.plan({
    moment: { kind: 'server-bytes', count: 20_000 },
    act: (line) => {
      line.hold();
      others.push(
        command(args),
        command(['verify', '--store', store]),
        command(['rebuild', '--store', store]),
      );
      void Promise.all(others).then(() => line.goOn());
    },
  });
  const first = await startCommand(args).ended;
  const told = (await Promise.all(others)).map(({ code, rows, errors }) => ({
    code,
    kind: (rows[0]?.failure as { kind: string } | undefined)?.kind,
    errors,
  }));
  const busy = { code: 8, kind: 'store-busy', errors: '' };
  expect(told).toEqual([busy, busy, busy]);
  expect([first.code, first.rows[0]?.stored]).toEqual([0, 20]);
  expect(await contentsOf(store)).toEqual({ messages: fingerprints(messages), damaged: [] });
  rmSync(store, { recursive: true });
});
