import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningEngine } from '../engine/running-engine.ts';
import { builtParseWorker } from '../message/parsing/built-worker.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

/** Bytes that are "привет" and "самовар" in windows-1251, and "ОПХБЕР" and "ЯЮЛНБЮП" in KOI8-R. */
const ambiguous = [
  'From: Vera <vera@example.org>',
  'To: Ben <ben@example.org>',
  `Subject: ${Buffer.from([0xef, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]).toString('latin1')}`,
  'Date: Thu, 1 Jan 2026 10:00:00 +0000',
  'Content-Type: text/plain; charset=windows-1251',
  'Content-Transfer-Encoding: 8bit',
  '',
  Buffer.from([0xf1, 0xe0, 0xec, 0xee, 0xe2, 0xe0, 0xf0]).toString('latin1'),
  '',
].join('\r\n');

test('a message is listed and found by what it says in the character set that was chosen for it', async () => {
  await using engine = await runningEngine(built.entry);
  const [id] = await engine.take(ambiguous);
  if (id === undefined) throw new Error('not taken');
  const look = async () => {
    const rows = await engine.rows();
    const found = async (query: string) => (await engine.rows({ kind: 'search', query })).length;
    return {
      subject: rows[0]?.subject,
      preview: rows[0]?.preview,
      guessed: (await found('самовар ')) + (await found('subject:привет ')),
      other: (await found('яюлнбюп ')) + (await found('subject:опхбер ')),
    };
  };
  const before = await look();
  await engine.answers['message/choose-charset']({ id, charset: 'koi8-r' });
  const chosen = await look();
  await engine.answers['message/choose-charset']({ id, charset: null });
  expect({ before, chosen, again: await look() }).toEqual({
    before: { subject: 'привет', preview: 'самовар', guessed: 2, other: 0 },
    chosen: { subject: 'ОПХБЕР', preview: 'ЯЮЛНБЮП', guessed: 0, other: 2 },
    again: { subject: 'привет', preview: 'самовар', guessed: 2, other: 0 },
  });
});
