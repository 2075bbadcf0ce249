import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore } from '../../electron/store/store.ts';
import type { AccountId } from '../../shared/ids.ts';
import { maildropA } from '../servers/maildrops.ts';
import { randomFrom } from '../store/random.ts';
import { start } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';
import type { Question } from './store-program.ts';

const account = 'a11a000000000001' as AccountId;
const kills = 25;
/** More than a fast machine deletes in all these lives: a process that has nothing left ends by itself. */
const messageCount = 1500;
const atOnce = 3;
/** Long enough for some rounds of deleting, copying and erasing, so that the end comes in each part of one. */
const longestLifeMs = 400;

async function filledStore(folder: string, messages: readonly Buffer[]): Promise<void> {
  const opened = await openStore({ folder, summarise: summariseHeaders, sealAtBytes: 100_000 });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  await using store = opened.value;
  await using writer = store.writer(account);
  for (const [index, bytes] of messages.entries()) {
    writer.begin({ uidl: `id${index}`, occurrence: 1, announcedSizeBytes: bytes.length, isPartial: false });
    await writer.chunk(bytes);
    await writer.end({ doubtful: false });
  }
  await writer.flush();
}

test('killed at 25 moments of deleting and compacting, keeps the others and brings nothing back', async () => {
  const messages = [...maildropA(messageCount, 61)];
  const home = mkdtempSync(join(tmpdir(), 'poppy-compacted-'));
  const folder = join(home, 'store');
  await filledStore(folder, messages);
  const random = randomFrom(61);
  const question: Question = { do: 'delete-and-compact', folder, atOnce };
  const all = new Set(fingerprints(messages));
  const deleted = new Set<string>();
  const wrong: unknown[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const { child, ended } = start('faults/store-program.js', [JSON.stringify(question)]);
    child.stdout?.once('data', () => void setTimeout(() => child.kill('SIGKILL'), random() * longestLifeMs));
    const { rows, isKilled, errors } = await ended;
    const named = rows.flatMap((row) => (row.deleted as string[] | undefined) ?? []);
    for (const name of named) deleted.add(name);
    const { messages: left, damaged } = await contentsOf(folder);
    const here = new Set(left);
    const back = [...deleted].filter((name) => here.has(name));
    // A batch that was being deleted when the process died may be gone or in the Trash.
    const lost = [...all].filter((name) => !here.has(name) && !deleted.has(name));
    const isRight =
      isKilled &&
      back.length === 0 &&
      lost.length <= atOnce &&
      damaged.length === 0 &&
      here.size === left.length;
    if (!isRight) wrong.push({ kill, back, lost, damaged, left: left.length, errors });
    for (const name of lost) all.delete(name);
  }
  // What the segments say by themselves is the same.
  const rebuilt = join(home, 'rebuilt');
  cpSync(folder, rebuilt, { recursive: true });
  rmSync(join(rebuilt, 'index.sqlite'));
  const before = await contentsOf(folder);
  const after = await contentsOf(rebuilt);
  const resurrected = after.messages.filter((name) => deleted.has(name));
  const missing = before.messages.filter((name) => !after.messages.includes(name));
  expect({ wrong, resurrected, missing, isUsed: deleted.size > 50 }).toEqual({
    wrong: [],
    resurrected: [],
    missing: [],
    isUsed: true,
  });
  rmSync(home, { recursive: true });
});
