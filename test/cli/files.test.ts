import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type BuiltCli, builtCli, jsonLines } from './built-cli.ts';

let cli: BuiltCli;
let folder: string;
beforeAll(async () => {
  cli = await builtCli();
}, 60_000);
afterAll(() => cli[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await temporaryFolder();
});
const path = (name: string) => join(folder, name);

/** Bytes that no text encoding leaves alone, more than a pipe holds. */
const blob = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
const withBlob = [
  'From: Anna <anna@example.org>',
  'Subject: Walrus and blob',
  'Date: Thu, 1 Jan 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p onclick="x()">Hello</p><script>x()</script>',
  '--b',
  'Content-Type: application/octet-stream; name="blob.bin"',
  'Content-Disposition: attachment; filename="blob.bin"',
  'Content-Transfer-Encoding: base64',
  '',
  blob.toString('base64').replace(/.{76}/g, '$&\r\n'),
  '--b--',
  '',
].join('\r\n');
const plain = 'From: Carl <carl@example.net>\r\nSubject: Plain\r\n\r\nFrom the sea.\r\n>From quoted\r\n';

test('inspect shows messages of files and of the standard input, one line each', async () => {
  await writeFile(path('a.eml'), withBlob);
  const ran = await cli.run(['inspect', path('a.eml'), '-', '--json'], Buffer.from(plain));
  const text = await cli.run(['inspect', path('a.eml')]);
  expect([ran.code, jsonLines(ran), text.stdout.toString()]).toMatchObject([
    0,
    [
      {
        subject: 'Walrus and blob',
        from: [{ name: 'Anna', address: 'anna@example.org' }],
        date: '2026-01-01T10:00:00.000Z',
        html: expect.not.stringMatching(/script|onclick/),
        attachments: [
          {
            part: '2',
            name: 'blob.bin',
            sizeBytes: blob.length,
            sha256: createHash('sha256').update(blob).digest('hex'),
          },
        ],
      },
      { file: '-', subject: 'Plain', text: expect.stringContaining('From the sea.') },
    ],
    expect.stringContaining('Subject: Walrus and blob\n'),
  ]);
});

test('inspect --part writes a part’s exact bytes to a file or a pipe', async () => {
  await writeFile(path('a.eml'), withBlob);
  const part = ['inspect', path('a.eml'), '--part', '2', '--out'];
  const file = await cli.run([...part, path('out.bin')]);
  const pipe = await cli.run([...part, '-']);
  const missing = await cli.run(['inspect', path('a.eml'), '--part', '7', '--out', path('x'), '--json']);
  const nowhere = await cli.run([...part, path('none/out.bin'), '--json']);
  expect([
    [file.code, (await readFile(path('out.bin'))).equals(blob)],
    [pipe.code, pipe.stdout.equals(blob)],
    [missing.code, jsonLines(missing)],
    [nowhere.code, jsonLines(nowhere)],
  ]).toMatchObject([
    [0, true],
    [0, true],
    [9, [{ failure: { kind: 'not-found' } }]],
    [9, [{ failure: { kind: 'unreadable-file' } }]],
  ]);
});

test('a file that cannot be read is named, and the others are shown', async () => {
  await writeFile(path('a.eml'), plain);
  const some = await cli.run(['inspect', path('missing.eml'), path('a.eml'), '--json']);
  const none = await cli.run(['inspect', folder, '--json']);
  expect([some.code, jsonLines(some), none.code, jsonLines(none)]).toMatchObject([
    1,
    [
      { failure: { kind: 'unreadable-file', what: expect.stringContaining('missing.eml') } },
      { subject: 'Plain' },
    ],
    9,
    [{ failure: { kind: 'unreadable-file' } }],
  ]);
});

test.skipIf(process.platform === 'win32')(
  'a store is for its owner alone although the umask lets everybody in',
  async () => {
    await writeFile(path('a.eml'), plain);
    const store = ['--store', path('store')];
    // The second opening makes the day's copy of the marks.
    await cli.run(['import', ...store, path('a.eml')]);
    await cli.run(['search', ...store, 'walrus']);
    const names = readdirSync(path('store'), { recursive: true, encoding: 'utf8' });
    const kinds = ['index.sqlite', 'lock.sqlite', 'index.closed', 'mail', 'backup'];
    expect([
      kinds.filter((name) => !names.includes(name)),
      names.filter((name) => (statSync(join(path('store'), name)).mode & 0o077) !== 0),
    ]).toEqual([[], []]);
  },
);

test('mail goes in, is found and shown, and comes out as it was', async () => {
  await writeFile(path('a.eml'), withBlob);
  await writeFile(path('b.eml'), plain);
  await writeFile(path('c.jpg'), blob);
  const store = ['--store', path('store'), '--json'];
  const imported = await cli.run(['import', ...store, path('a.eml'), path('b.eml')]);
  const again = await cli.run(['import', ...store, path('a.eml')]);
  const picture = await cli.run(['import', ...store, path('c.jpg')]);
  const found = await cli.run(['search', ...store, 'walrus']);
  const [row] = jsonLines(found) as { id: number }[];
  const nothing = await cli.run(['search', ...store, 'nowhere']);
  const raw = await cli.run(['show', '--store', path('store'), '--raw', String(row?.id)]);
  const shown = await cli.run(['show', ...store, String(row?.id)]);
  const unknown = await cli.run(['show', ...store, '4000']);
  expect([
    jsonLines(imported),
    jsonLines(again),
    [picture.code, jsonLines(picture)],
    (jsonLines(found) as { subject: string }[]).map(({ subject }) => subject),
    [nothing.code, nothing.stdout.length],
    raw.stdout.toString('latin1') === withBlob,
    jsonLines(shown),
    [unknown.code, jsonLines(unknown)],
  ]).toMatchObject([
    [{ count: 2, skipped: 0, leftOut: 0 }],
    [{ count: 0, skipped: 1, leftOut: 0 }],
    [9, [{ failure: { kind: 'unreadable-file' } }]],
    ['Walrus and blob'],
    [0, 0],
    true,
    [{ subject: 'Walrus and blob' }],
    [9, [{ failure: { kind: 'not-found' } }]],
  ]);
}, 60_000);

test('what is exported as mbox, eml or tar comes back byte for byte', async () => {
  await writeFile(path('a.eml'), withBlob);
  await writeFile(path('b.eml'), plain);
  const hashes = async (store: string) => {
    const ran = await cli.run(['search', '--store', path(store), '--json', 'from:example']);
    const raws = [];
    for (const { id } of jsonLines(ran) as { id: number }[])
      raws.push(
        (await cli.run(['show', '--store', path(store), '--raw', String(id)])).stdout.toString('latin1'),
      );
    return raws.sort();
  };
  await cli.run(['import', '--store', path('store'), path('a.eml'), path('b.eml')]);
  const exports = [];
  for (const [format, out] of [
    ['mbox', 'all.mbox'],
    ['eml', 'all'],
    ['tar', 'all.tar'],
  ] as const) {
    const ran = await cli.run(['export', '--store', path('store'), '--format', format, path(out), '--json']);
    exports.push([ran.code, jsonLines(ran)]);
  }
  execFileSync('mkdir', [path('untarred')]);
  execFileSync('tar', ['xf', path('all.tar'), '-C', path('untarred')]);
  const back = [];
  for (const source of ['all.mbox', 'all', 'untarred']) {
    await cli.run(['import', '--store', path(`from-${source}`), path(source)]);
    back.push(await hashes(`from-${source}`));
  }
  const expected = [withBlob, plain].sort();
  expect([exports.map(([code]) => code), back]).toEqual([
    [0, 0, 0],
    [expected, expected, expected],
  ]);
}, 120_000);

test('a store that is not there is not made by looking into it', async () => {
  const commands = [
    ['search', 'word'],
    ['show', '1'],
    ['export', '--format', 'mbox', path('out')],
    ['verify'],
    ['rebuild'],
  ];
  const seen = [];
  for (const [name = '', ...args] of commands) {
    const ran = await cli.run([name, '--store', path('none'), ...args, '--json']);
    seen.push([name, ran.code, jsonLines(ran)]);
  }
  const failure = { kind: 'not-found', what: `no store at ${path('none')}`, canRetry: false };
  expect([seen, await readdir(folder)]).toEqual([commands.map(([name]) => [name, 9, [{ failure }]]), []]);
}, 60_000);

test('verify names what is damaged, and rebuild makes the index anew', async () => {
  await writeFile(path('a.eml'), withBlob);
  await writeFile(path('b.eml'), plain);
  const store = ['--store', path('store'), '--json'];
  await cli.run(['import', ...store, path('a.eml'), path('b.eml')]);
  const sound = await cli.run(['verify', ...store]);
  const rebuilt = await cli.run(['rebuild', ...store]);
  const found = await cli.run(['search', ...store, 'walrus']);
  const [account = ''] = await readdir(path('store/mail'));
  const segment = join(
    path('store/mail'),
    account,
    (await readdir(join(path('store/mail'), account)))[0] ?? '',
  );
  await truncate(segment, 2000);
  const damaged = await cli.run(['verify', ...store]);
  expect([
    [sound.code, jsonLines(sound)],
    [rebuilt.code, jsonLines(rebuilt)],
    jsonLines(found).length,
    [damaged.code, jsonLines(damaged).at(-1)],
  ]).toMatchObject([
    [0, [{ checked: 2, damagedCount: 0 }]],
    [0, [{ messages: 2 }]],
    1,
    [8, { failure: { kind: 'store-damaged' } }],
  ]);
}, 60_000);

test('discover --offline prints a line for each address, with everything that is known of its provider', async () => {
  const ran = await cli.run([
    'discover',
    '--offline',
    '--json',
    'ada@gmail.com',
    'ada@bc.iij4u.or.jp',
    'ada@example.org',
  ]);
  const [gmail, iij, unknown] = jsonLines(ran);
  expect([ran.code, gmail, iij, unknown]).toMatchObject([
    1,
    {
      address: 'ada@gmail.com',
      candidates: [
        {
          host: 'pop.gmail.com',
          port: 995,
          security: 'tls',
          user: 'ada@gmail.com',
          source: 'provider-table',
          provider: 'Gmail',
          oauth: true,
          notes: ['enable-pop', 'app-password', 'recent-mail-only'],
        },
      ],
      failure: null,
    },
    {
      candidates: [{ host: 'mbox.iij4u.or.jp', port: 110, security: 'starttls', user: 'ada.bc.iij4u.or.jp' }],
    },
    { candidates: [], failure: { kind: 'not-found' } },
  ]);
});
