import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageId } from '../../shared/ids.ts';
import { runningEngine } from '../engine/running-engine.ts';
import { builtParseWorker } from '../message/parsing/built-worker.ts';
import { docm, macros, odt, oleFile, zipFile } from '../messages/made-documents.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

/** Documents by their names. What is wrong with one lies behind everything that a look at its beginning sees. */
const documents: Readonly<Record<string, Buffer>> = {
  'honest.docx': zipFile(macros),
  'macros.docx': zipFile(docm),
  'macros.doc': oleFile(['Root Entry', 'Macros'], [900], 901),
  'basic.odt': zipFile({ ...odt, 'pictures/a': 'x'.repeat(90_000), 'Basic/Standard/Module1.xml': '<x/>' }),
  'object.rtf': Buffer.from(`{\\rtf1 ${'a '.repeat(90_000)}{\\*\\objdata0 01}}`),
  'cut.docx': zipFile(docm).subarray(0, 70_000),
  'loop.doc': oleFile(['Root Entry'], [900, 3], 901, 900),
};

/** A letter with all of them. */
const message = [
  'From: Eve <eve@example.net>',
  'Subject: Documents',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'Please open them.',
  ...Object.entries(documents).flatMap(([name, bytes]) => [
    '--b',
    `Content-Type: application/octet-stream; name="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(bytes.toString('base64').match(/.{1,76}/g) ?? []),
  ]),
  '--b--',
  '',
].join('\r\n');

test('a document is opened only where a look through all of it has found no macros', async () => {
  await using engine = await runningEngine(built.entry);
  const [id] = (await engine.take(message)) as [MessageId];
  const folder = join(engine.folder, 'copies');
  await mkdir(folder);
  const reasons: Record<string, string | null> = {};
  for (const [index, name] of Object.keys(documents).entries()) {
    const copy = await engine.answers['attachment/copy']({ id, part: String(index + 2), folder });
    reasons[name] = copy.ok ? copy.value.saveOnlyReason : copy.failure.kind;
  }
  expect([reasons, (await readdir(folder)).length]).toEqual([
    {
      'honest.docx': null,
      'macros.docx': 'disguised',
      'macros.doc': 'disguised',
      'basic.odt': 'disguised',
      'object.rtf': 'disguised',
      'cut.docx': 'unclear',
      'loop.doc': 'unclear',
    },
    1,
  ]);
});
