import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { contentsOf, fingerprints } from '../faults/contents.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { type Moment, Relay } from '../servers/relay.ts';
import { randomFrom } from '../store/random.ts';
import { top } from '../support/shots.ts';
import { electronBinary, openPoppy } from './poppy-window.ts';

const patient = { timeout: 60_000, interval: 200 };
const kills = 10;
const messagesAtOnce = 30;
/** Where the moment is not reached: a check that had less to do than the one it was chosen for. */
const longestRunMs = 10_000;

/** A moment of a check over so many bytes: while messages come, while they are deleted, or at its end. */
function momentFrom(random: () => number, bytes: number): Moment {
  const choice = random();
  if (choice < 0.5) return { kind: 'server-bytes', count: 1 + Math.floor(random() * bytes) };
  return choice < 0.8
    ? { kind: 'commands', verb: 'DELE ', count: 1 + Math.floor(random() * messagesAtOnce) }
    : { kind: 'commands', verb: 'QUIT', count: 1 };
}

/** Starts the whole program, which checks at once, and kills it at the moment. */
async function killedAt(relay: Relay, moment: Moment, userData: string): Promise<void> {
  const sandbox = process.env.POPPY_SANDBOX === 'on' ? [] : ['--no-sandbox'];
  const program = spawn(electronBinary(), [...sandbox, `--user-data-dir=${userData}`, top], {
    stdio: 'ignore',
  });
  const exited = once(program, 'exit');
  const kill = () => void program.kill('SIGKILL');
  relay.plan({ moment, act: kill });
  const timer = setTimeout(kill, longestRunMs);
  await exited;
  clearTimeout(timer);
  relay.plan(null);
}

test('killed at ten moments of its checks, the program has each message once and leaves nothing on the server', async () => {
  const random = randomFrom(11);
  const userData = mkdtempSync(join(tmpdir(), 'poppy-killed-'));
  await using dovecot = await startDovecot({ withoutTls: true });
  await using relay = new Relay(dovecot.plainPort);
  const port = await relay.listen();
  const mail = maildropA(100_000, 5);
  const originals: Buffer[] = [];
  {
    await using poppy = await openPoppy({ userData });
    await poppy.window.evaluate(async (to) => {
      const { poppy: bridge } = globalThis as unknown as { poppy: PoppyBridge };
      const added = await bridge.request('account/add', {
        choices: {
          name: 'Anna',
          address: 'anna@example.org',
          server: {
            host: '127.0.0.1',
            port: to,
            security: 'none',
            user: 'anna',
            mechanism: 'auto',
            plaintextConsent: true,
          },
          retention: { kind: 'remove-when-stored' },
          checkEveryMinutes: 0,
          checkAtStart: true,
          partialAboveBytes: 0,
          deleteOnServerWhenDeletedHere: false,
        },
        password: 'secret',
      });
      if (!added.ok) throw new Error(added.failure.kind);
    }, port);
  }
  for (let count = 0; count < kills; count += 1) {
    const fresh = Array.from({ length: messagesAtOnce }, () => mail.next().value as Buffer);
    for (const message of fresh) dovecot.addMessage(message);
    originals.push(...fresh);
    const bytes = fresh.reduce((sum, message) => sum + message.length, 0);
    await killedAt(relay, momentFrom(random, bytes), userData);
  }
  {
    await using poppy = await openPoppy({ userData });
    await expect.poll(async () => (await dovecot.readMaildrop()).length, patient).toBe(0);
    await poppy.window.getByRole('row').first().waitFor();
  }
  const { messages, damaged } = await contentsOf(userData);
  await rm(userData, { recursive: true });
  expect([damaged, messages]).toEqual([[], fingerprints(originals)]);
}, 300_000);
