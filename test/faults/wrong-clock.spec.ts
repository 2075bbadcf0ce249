import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { start } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';
import type { Question } from './store-program.ts';

/** The library that shows a process another date; Debian's libfaketime. */
function fakeTime(): string | undefined {
  const found = ['/usr/lib', '/usr/local/lib']
    .flatMap((folder) => ['', ...list(folder)].map((name) => join(folder, name, 'faketime')))
    .map((folder) => join(folder, 'libfaketimeMT.so.1'));
  return found.find((path) => list(join(path, '..')).includes('libfaketimeMT.so.1'));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is no such folder here.
    return [];
  }
}

const library = fakeTime();

/** Days that each process believes to be away from today, and what is removed on the server by it. */
const story = [
  { days: 0, removed: 0 },
  { days: 365, removed: 0 },
  { days: 0, removed: 0 },
  { days: -365, removed: 0 },
  { days: -364, removed: 0 },
  { days: 0, removed: 0 },
  { days: 7, removed: 0 },
  { days: 380, removed: 0 },
  { days: 7, removed: 0 },
  { days: 19, removed: 5 },
  { days: 20, removed: 0 },
] as const;

test.skipIf(library === undefined)(
  `a clock set a year forward and back between checks removes nothing early and fetches nothing twice${library === undefined ? ' (passed over: there is no libfaketime)' : ''}`,
  async () => {
    const messages = [...maildropA(5, 51)];
    const folder = mkdtempSync(join(tmpdir(), 'poppy-clock-'));
    await using dovecot = await startDovecot({
      users: [{ name: 'anna', password: 'secret', messages }],
      withoutTls: true,
    });
    const question: Question = { do: 'check', folder, port: dovecot.plainPort, days: 14 };
    const seen: unknown[] = [];
    const years = new Set<unknown>();
    let stored = 0;
    for (const { days } of story) {
      const { rows } = await start('faults/store-program.js', [JSON.stringify(question)], {
        LD_PRELOAD: library,
        FAKETIME: `${days < 0 ? '' : '+'}${days}d`,
        // Only the date is wrong; waiting goes on as usual.
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      }).ended;
      const [record = {}] = rows;
      seen.push({ days, removed: record.deletedOnServer });
      stored += Number(record.stored);
      years.add(record.year);
    }
    const left = await dovecot.readMaildrop();
    expect({ seen, stored, left, years: years.size, ...(await contentsOf(folder)) }).toEqual({
      seen: story,
      stored: 5,
      left: [],
      years: 3,
      messages: fingerprints(messages),
      damaged: [],
    });
    rmSync(folder, { recursive: true });
  },
);
