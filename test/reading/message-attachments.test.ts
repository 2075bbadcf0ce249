import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageId } from '../../shared/ids.ts';
import { runningEngine } from '../engine/running-engine.ts';
import { builtParseWorker } from '../message/parsing/built-worker.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

const attached = (name: string, content: string) => [
  '--b',
  `Content-Type: message/rfc822; name="${name}"`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(content).toString('base64'),
];
/** A letter with messages in it, of which some pass for something else. */
const message = [
  'From: Eve <eve@example.net>',
  'Subject: Forwarded',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'See below.',
  ...attached('setup.exe', 'MZ a program'),
  ...attached('start.desktop', '[Desktop Entry]\nExec=rm'),
  ...attached('letter.EML', 'Subject: x\n\ny'),
  '--b--',
  '',
].join('\r\n');

test('an attached message is a .eml file wherever it goes, whatever its sender calls it', async () => {
  await using engine = await runningEngine(built.entry);
  const [id] = (await engine.take(message)) as [MessageId];
  const folder = join(engine.folder, 'copies');
  await mkdir(folder);
  const parts = ['2', '3', '4'];
  const copies = parts.map((part) => engine.answers['attachment/copy']({ id, part, folder }));
  const names = parts.map((part) => engine.answers['attachment/name']({ id, part }));
  const body = { format: 'auto', isDark: false, allowRemoteOnce: false } as const;
  const view = await engine.answers['message/read']({ id, body });
  const all = join(engine.folder, 'all');
  await mkdir(all);
  await engine.answers['attachment/write-all']({ id, folder: all });
  const files = ['setup.exe.eml', 'start.desktop.eml', 'letter.EML'];
  expect({
    copies: (await Promise.all(copies)).map((copy) => copy.ok && [copy.value.name, copy.value.isMessage]),
    names: await Promise.all(names),
    cards: view.ok && view.value.attachments.map(({ name }) => name),
    saved: (await readdir(all)).sort(),
  }).toEqual({
    copies: files.map((name) => [name, true]),
    names: files,
    cards: files,
    saved: [...files].sort(),
  });
});
