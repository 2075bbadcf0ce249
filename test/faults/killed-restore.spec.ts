import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resumeRestoring } from '../../electron/mailbox/moving/restore-backup.ts';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore } from '../../electron/store/store.ts';
import type { AccountId } from '../../shared/ids.ts';
import { maildropA } from '../servers/maildrops.ts';
import { start } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';
import type { Question } from './store-program.ts';

const kills = 10;
const messageCount = 1000;
/** Long enough to unpack and to copy some of them, so that the end comes in each part of it. */
const longestLifeMs = 700;
/** Unpacking is the shorter part: more of the ends come early. */
const lifeMs = (kill: number) => (kill / (kills - 1)) ** 2 * longestLifeMs;

async function opened(folder: string) {
  const store = await openStore({ folder, summarise: summariseHeaders, sealAtBytes: 100_000 });
  if (!store.ok) throw new Error(JSON.stringify(store.failure));
  return store.value;
}

/** A whole backup of these messages. */
async function backedUp(home: string, messages: readonly Buffer[]): Promise<string> {
  await using store = await opened(join(home, 'source'));
  await using writer = store.writer('a11a000000000001' as AccountId);
  for (const [index, bytes] of messages.entries()) {
    writer.begin({ uidl: `id${index}`, occurrence: 1, announcedSizeBytes: bytes.length, isPartial: false });
    await writer.chunk(bytes);
    await writer.end({ doubtful: false });
  }
  await writer.flush();
  const path = join(home, 'whole.tar');
  await store.upkeep.backUpWhole(path);
  return path;
}

/** What a start after a kill makes of the store: it goes on, and then looks. */
async function afterStart(folder: string) {
  {
    await using store = await opened(folder);
    await resumeRestoring(store, { accounts: [], signal: new AbortController().signal });
  }
  const { messages, damaged } = await contentsOf(folder);
  return { messages, damaged, beside: readdirSync(folder).filter((name) => name.startsWith('restor')) };
}

test('killed at 10 moments of restoring, has nothing or everything of the backup after a start', async () => {
  const home = mkdtempSync(join(tmpdir(), 'poppy-restored-'));
  const messages = [...maildropA(messageCount, 67)];
  const path = await backedUp(home, messages);
  const all = fingerprints(messages).sort();
  const wrong: unknown[] = [];
  const found = { nothing: 0, everything: 0 };
  for (let kill = 0; kill < kills; kill += 1) {
    const folder = join(home, `store-${kill}`);
    const question: Question = { do: 'restore', folder, path };
    const { child, ended } = start('faults/store-program.js', [JSON.stringify(question)]);
    child.stdout?.once('data', () => void setTimeout(() => child.kill('SIGKILL'), lifeMs(kill)));
    const { errors } = await ended;
    const left = await afterStart(folder);
    const isWhole = JSON.stringify([...left.messages].sort()) === JSON.stringify(all);
    if (isWhole) found.everything += 1;
    else if (left.messages.length === 0) found.nothing += 1;
    else wrong.push({ kill, left: left.messages.length, errors });
    if (left.damaged.length + left.beside.length > 0) wrong.push({ kill, ...left, messages: [] });
    rmSync(folder, { recursive: true });
  }
  expect({ wrong, isUsed: found.nothing > 0 && found.everything > 0 }).toEqual({ wrong: [], isUsed: true });
  rmSync(home, { recursive: true });
});
