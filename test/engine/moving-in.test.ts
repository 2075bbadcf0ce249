import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onThisComputer } from '../../shared/folder.ts';
import { builtParseWorker } from '../message/parsing/built-worker.ts';
import { memoryVault, runningEngine } from './running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
let folder: string;
beforeAll(async () => {
  built = await builtParseWorker();
  folder = await mkdtemp(join(tmpdir(), 'poppy-moving-in-'));
}, 60_000);
afterAll(async () => {
  await built[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const letter = (subject: string) =>
  `From MAILER Sat Jan  3 09:00:00 2026\nFrom: a@example.org\nTo: b@example.org\nSubject: ${subject}\nMessage-ID: <${subject}@example.org>\nDate: Sat, 3 Jan 2026 09:00:00 +0000\n\nHello\n\n`;

test('what was looked at stores nothing, comes once when it is asked for, and a folder stands on this computer', async () => {
  await using engine = await runningEngine(built.entry, memoryVault());
  const path = join(folder, 'Garden');
  await writeFile(path, letter('one') + letter('two'));
  const { answers } = engine;
  const counts = (report: Awaited<ReturnType<(typeof answers)['moving-in/start']>>) =>
    report.ok ? [report.value.read, report.value.new, report.value.here] : report.failure;

  const nothing = counts(await answers['moving-in/start']({}));
  const plan = counts(await answers['moving-in/look-at']({ paths: [path] }));
  const before = (await engine.rows()).length;
  const came = counts(await answers['moving-in/start']({}));
  const again = counts(await answers['moving-in/start']({}));
  const { folders } = await answers['folder/list']({});
  const listed = await answers['mailbox/list']({
    place: { kind: 'folder', folder: folders[0]?.id ?? 'inbox', accountId: onThisComputer },
    filter: {},
    sort: { by: 'date', descending: true },
    groupsByConversation: false,
    offset: 0,
    limit: 10,
  });
  expect({
    nothing,
    plan,
    before,
    came,
    again,
    names: folders.map(({ name }) => name),
    total: listed.total,
  }).toEqual({
    nothing: [0, 0, 0],
    plan: [2, 2, 0],
    before: 0,
    came: [2, 2, 0],
    again: [2, 0, 2],
    names: ['Garden'],
    total: 2,
  });
  expect(engine.events('folders/changed').length).toBeGreaterThan(0);
});

test('a place that was not found and a path that is no mail are refused', async () => {
  await using engine = await runningEngine(built.entry, memoryVault());
  const path = join(folder, 'picture.png');
  await writeFile(path, Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  const kinds = [
    await engine.answers['moving-in/look']({ index: 999 }),
    await engine.answers['moving-in/look-at']({ paths: [path] }),
    await engine.answers['moving-in/look-at']({ paths: [join(folder, 'nowhere')] }),
  ].map((outcome) => (outcome.ok ? 'ok' : outcome.failure.kind));
  expect(kinds).toEqual(['not-found', 'unreadable-file', 'unreadable-file']);
});
