import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../electron/store/store.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { Relay } from '../servers/relay.ts';
import { scriptedServer } from '../servers/scripted.ts';
import { UnrulyServer, letterOf as unrulyLetter } from '../servers/unruly.ts';
import { withDovecot } from '../servers/with-dovecot.ts';
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
  await writeFile(join(folder, 'password'), 'secret\n');
  await writeFile(join(folder, 'wrong'), 'wr0ng-passw0rd\n');
});

const letter = (subject: string, text = 'Text.') =>
  `From: Anna <anna@example.org>\r\nSubject: ${subject}\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\n\r\n${text}\r\n`;
const path = (name: string) => join(folder, name);

/** Flags for a server on loopback without encryption. */
const at = (port: number, user = 'anna', password = 'password') => [
  ...['--host', '127.0.0.1', '--port', String(port), '--security', 'none', '--insecure-plaintext'],
  ...['--user', user, '--password-file', path(password)],
];

withDovecot(
  'fetch keeps what is there, and the next one has nothing to do; then it deletes',
  async () => {
    await using server = await startDovecot({
      users: [{ name: 'anna', password: 'secret', messages: [letter('One'), letter('Two')] }],
    });
    const tls = ['--host', 'localhost', '--port', String(server.tlsPort), '--user', 'anna'];
    await writeFile(path('ca.pem'), server.authority);
    const flags = [
      ...tls,
      '--password-file',
      path('password'),
      '--ca',
      path('ca.pem'),
      '--store',
      path('store'),
    ];
    const first = await cli.run(['fetch', ...flags, '--keep', '--json', '--log', path('log')]);
    const second = await cli.run(['fetch', ...flags]);
    const deleted = await cli.run(['fetch', ...flags, '--delete', '--json']);
    const log = await readFile(path('log'), 'utf8');
    expect([
      [first.code, jsonLines(first), first.stderr],
      [second.code, second.stdout.toString().replace(/[\d.]+ s\n/, 'S s\n')],
      [deleted.code, jsonLines(deleted)],
      (await server.readMaildrop()).length,
      [
        log.includes('RETR 2'),
        log.includes('secret'),
        log.includes(Buffer.from('secret').toString('base64')),
      ],
      (await stat(path('log'))).mode & 0o777,
    ]).toMatchObject([
      [0, [{ onServer: 2, stored: 2, deletedOnServer: 0, skipped: 0, outcome: 'done', failure: null }], ''],
      [0, '2 on the server, 0 stored (0 bytes), 0 deleted there, 0 skipped, S s\n'],
      [0, [{ onServer: 2, stored: 0, deletedOnServer: 2 }]],
      0,
      [true, false, false],
      0o600,
    ]);
  },
  60_000,
);

withDovecot(
  'list tells what is there, with headers if asked; delete removes by UIDL',
  async () => {
    await using server = await startDovecot({
      users: [{ name: 'anna', password: 'secret', messages: [letter('One'), letter('Два')] }],
    });
    const flags = at(server.plainPort);
    const plain = await cli.run(['list', ...flags, '--json']);
    const listed = jsonLines(plain) as { number: number; uidl: string; sizeBytes: number }[];
    const named = await cli.run(['list', ...flags, '--headers', '--json']);
    const words = await cli.run(['list', ...flags, '--headers']);
    const [one] = listed;
    const both = await cli.run(['delete', ...flags, `--uidl=${one?.uidl}`, '--uidl', 'not-there', '--json']);
    const left = await server.readMaildrop();
    const rest = await cli.run(['delete', ...flags, `--uidl=${listed[1]?.uidl}`]);
    expect([
      [plain.code, listed.map(({ number, sizeBytes }) => [number, sizeBytes > 80])],
      jsonLines(named),
      words.stdout.toString().includes('2026-01-01T10:00:00.000Z  anna@example.org  Два'),
      [both.code, jsonLines(both)],
      left.length,
      [rest.code, rest.stdout.toString()],
      (await server.readMaildrop()).length,
    ]).toMatchObject([
      [
        0,
        [
          [1, true],
          [2, true],
        ],
      ],
      [{ subject: 'One', date: '2026-01-01T10:00:00.000Z' }, { subject: 'Два' }],
      true,
      [1, [{ deleted: [one?.uidl], missing: ['not-there'], refused: [], outcome: 'applied' }]],
      1,
      [0, '1 deleted, 0 not there, 0 refused, QUIT applied\n'],
      0,
    ]);
  },
  60_000,
);

withDovecot(
  'of a message over the limit only the beginning is fetched, and it stays on the server',
  async () => {
    await using server = await startDovecot({
      users: [
        {
          name: 'anna',
          password: 'secret',
          messages: [letter('Small'), letter('Large', 'line\r\n'.repeat(2000))],
        },
      ],
    });
    const flags = [...at(server.plainPort), '--store', path('store')];
    const ran = await cli.run(['fetch', ...flags, '--delete', '--limit-kb', '2', '--json']);
    expect([ran.code, jsonLines(ran), (await server.readMaildrop()).length]).toMatchObject([
      0,
      [{ onServer: 2, stored: 2, deletedOnServer: 1 }],
      1,
    ]);
  },
  60_000,
);

withDovecot(
  'Ctrl+C in the middle of a message stops it: what had come is kept, nothing is deleted, and the rest comes the next time',
  async () => {
    const messages = Array.from({ length: 30 }, (_, at) => letter(`No ${at}`, 'line\r\n'.repeat(15_000)));
    await using server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
    await using line = new Relay(server.plainPort);
    const flags = [...at(await line.listen()), '--store', path('store'), '--delete', '--json'];
    const stopped = await cli.run(['fetch', ...flags], undefined, (interrupt) =>
      line.plan({
        moment: { kind: 'server-bytes', count: 1_000_000 },
        act: (held) => {
          held.hold();
          interrupt();
        },
      }),
    );
    const [first] = jsonLines(stopped) as { stored: number }[];
    const left = (await server.readMaildrop()).length;
    const again = await cli.run(['fetch', ...flags]);
    const rest = messages.length - (first?.stored ?? 0);
    expect([
      [stopped.code, first, stopped.stderr, left],
      [again.code, jsonLines(again), (await server.readMaildrop()).length],
      rest < messages.length && rest > 0,
    ]).toMatchObject([
      [130, { outcome: 'stopped', deletedOnServer: 0 }, '', messages.length],
      [0, [{ outcome: 'done', stored: rest, deletedOnServer: messages.length }], 0],
      true,
    ]);
  },
  60_000,
);

withDovecot(
  'each class of failure has its own exit code, and one line of JSON says which it was',
  async () => {
    await using server = await startDovecot({ disablePlaintext: true });
    const known = ['--user', 'anna', '--password-file', path('password'), '--json'];
    const { host } = server;
    const port = String(server.plainPort);
    const certificate = ['--host', host, '--port', String(server.tlsPort), ...known];
    const closed = await refusedPort();
    await writeFile(path('ca.pem'), server.authority);
    const runs = {
      certificate: await cli.run(['list', ...certificate]),
      password: await cli.run([
        ...['list', '--host', 'localhost', '--port', String(server.tlsPort), '--ca', path('ca.pem')],
        ...['--user', 'anna', '--password-file', path('wrong'), '--json', '--log', path('log')],
      ]),
      refused: await cli.run(['list', ...at(closed), '--json']),
      plaintext: await cli.run([
        'fetch',
        '--host',
        host,
        '--port',
        port,
        '--security',
        'none',
        ...known,
        '--store',
        path('s'),
      ]),
    };
    const log = await readFile(path('log'), 'utf8');
    expect([
      Object.entries(runs).map(([name, ran]) => [name, ran.code, kindOf(jsonLines(ran)), ran.stderr]),
      log.includes('wr0ng') || log.includes(Buffer.from('wr0ng-passw0rd').toString('base64')),
    ]).toEqual([
      [
        ['certificate', 4, 'certificate', ''],
        ['password', 5, 'authentication', ''],
        ['refused', 3, 'refused', ''],
        ['plaintext', 4, 'plaintext-not-allowed', ''],
      ],
      false,
    ]);
  },
  60_000,
);

test('a mailbox that is in use, and a store that is, are busy', async () => {
  await using server = await scriptedServer`
    S: +OK ready
    C: CAPA
    S: +OK|USER|UIDL|RESP-CODES|.
    C: USER anna
    S: +OK
    C: PASS secret
    S: -ERR [IN-USE] another session has it
    C: QUIT
    S: +OK
  `;
  const mailbox = await cli.run(['fetch', ...at(server.port), '--store', path('store'), '--json']);
  const opened = await openStore({ folder: path('taken') });
  if (!opened.ok) throw new Error(opened.failure.kind);
  const store = await cli.run(['search', '--store', path('taken'), 'word', '--json']);
  await opened.value.close();
  expect([
    [mailbox.code, kindOf(jsonLines(mailbox))],
    [store.code, kindOf(jsonLines(store))],
  ]).toEqual([
    [6, 'mailbox-busy'],
    [8, 'store-busy'],
  ]);
});

test('a log that cannot be written is told, whatever else happened', async () => {
  const ran = await cli.run(['list', ...at(await refusedPort()), '--log', path('none/log'), '--json']);
  const file = await cli.run(['list', ...at(await refusedPort()), '--log', path('log'), '--json']);
  expect([ran.code, jsonLines(ran).map((line) => kindOf([line])), file.code]).toEqual([
    3,
    ['unreadable-file', 'refused'],
    3,
  ]);
});

test('a wrong command line says how it should be, on stderr', async () => {
  const wrong = [
    [],
    ['fly'],
    ['list'],
    ['list', '--host'],
    ['list', '--colour', 'red'],
    ['fetch', ...at(1), '--store', path('s'), '--keep', '--delete'],
    ['fetch', ...at(1), '--store', path('s'), '--limit-kb', 'many'],
    ['fetch', ...at(1)],
    ['delete', ...at(1)],
    ['list', ...at(1).slice(0, -1), path('missing')],
    ['list', ...at(1), '--host', 'pop3://127.0.0.1'],
    ['show', '--store', path('s')],
    ['inspect'],
    ['inspect', 'a', 'b', '--part', '1', '--out', 'c'],
    ['export', '--store', path('s'), '--format', 'pst', 'out'],
  ];
  const codes = [];
  for (const args of wrong) {
    const ran = await cli.run(args);
    codes.push([ran.code, args.length === 0 || (ran.stdout.length === 0 && ran.stderr !== '')]);
  }
  expect(codes).toEqual(wrong.map(() => [2, true]));
}, 60_000);

test('every command has help', async () => {
  const names = [
    'fetch',
    'list',
    'delete',
    'inspect',
    'search',
    'show',
    'export',
    'import',
    'verify',
    'rebuild',
  ];
  const overview = (await cli.run(['--help'])).stdout.toString();
  const helps = [];
  for (const name of names) {
    const { code, stdout } = await cli.run([name, '--help']);
    helps.push([
      code,
      stdout.toString().startsWith(`${name} `),
      stdout.includes('--json'),
      overview.includes(`  ${name} `),
    ]);
  }
  expect(helps).toEqual(names.map(() => [0, true, true, true]));
}, 60_000);

function kindOf(lines: readonly unknown[]): string | undefined {
  return (lines[0] as { failure?: { kind: string } } | undefined)?.failure?.kind;
}

/** A port of this computer where nobody listens. */
async function refusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('fetch names a letter that breaks the line and ends with an error; the others come', async () => {
  const broken = unrulyLetter('broken', 'broken');
  await using server = await new UnrulyServer([
    unrulyLetter('a', 'one'),
    { ...broken, saidBytes: 2_000_000_000, brings: { bytes: broken.bytes.subarray(0, 120), end: 'close' } },
    unrulyLetter('b', 'two'),
  ]).listen();
  const fetch = ['fetch', ...at(server.port), '--store', path('store'), '--delete', '--json'];
  const ran = [await cli.run(fetch), await cli.run(fetch), await cli.run(fetch)];
  expect([ran.map(({ code }) => code), ran.flatMap(jsonLines), server.left]).toMatchObject([
    [1, 7, 7],
    [
      { stored: 2, deletedOnServer: 2, skipped: 1, failure: null, unfetched: [{ key: 'broken#1' }] },
      { failure: { kind: 'messages-unfetched', count: 1 }, unfetched: [{ reason: 'broke', sessions: 3 }] },
      {
        failure: { kind: 'messages-unfetched' },
        unfetched: [{ subject: 'broken', sizeBytes: 2_000_000_000 }],
      },
    ],
    ['broken'],
  ]);
}, 30_000);

test('fetch tells at once that the server refuses every letter', async () => {
  const refusal = '[SYS/TEMP] Account exceeded command or bandwidth limits';
  const letters = Array.from({ length: 60 }, (_, at) => ({
    ...unrulyLetter(`u${at}`, `letter ${at}`),
    refusal,
  }));
  await using server = await new UnrulyServer(letters).listen();
  const ran = await cli.run(['fetch', ...at(server.port), '--store', path('store'), '--json']);
  expect([ran.code, jsonLines(ran), server.heard('RETR').flat().length]).toMatchObject([
    7,
    [{ outcome: 'failed', failure: { kind: 'server-trouble', serverText: refusal }, stored: 0 }],
    3,
  ]);
}, 30_000);
