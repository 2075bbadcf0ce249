import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ParseReply, ParseRequest } from '../../../electron/message/parsing/parse-job.ts';
import { ParsePool } from '../../../electron/message/parsing/parse-pool.ts';
import { base64, lines, someBytes } from '../../messages/made-message.ts';
import { builtParseWorker } from './built-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A thread that does what the first word of the message says. */
const badThread = join(folder, 'bad-thread.mjs');
writeFileSync(
  badThread,
  `import { parentPort } from 'node:worker_threads';
   let answered = 0;
   parentPort.on('message', (request) => {
     const word = Buffer.from(request.source).toString();
     if (word === 'hang') for (;;);
     if (word === 'die') process.exit(3);
     if (word === 'throw') throw new Error('a mistake');
     if (word === 'eat') { const all = []; for (;;) all.push(new Array(100000).fill({ all })); }
     parentPort.postMessage({ kind: 'parsed', message: word + ' ' + ++answered, body: null });
   });`,
);

const ask = (word: string, job: 'index' | 'show' = 'index'): ParseRequest => {
  const source = Buffer.from(word);
  return job === 'index'
    ? { job, source }
    : { job, source, addresses: { partPrefix: '', remotePrefix: null } };
};
const told = (reply: ParseReply): unknown =>
  reply.kind === 'unparsed' ? reply.reason : reply.kind === 'parsed' ? reply.message : reply.kind;

describe('a parse pool whose threads go wrong', () => {
  test('replaces a thread that hangs, dies, throws or eats its heap, and reads the rest', async () => {
    await using pool = new ParsePool({ entry: badThread, timeLimitMs: 1500, heapMegabytes: 32 });
    const words = ['one', 'hang', 'two', 'die', 'three', 'throw', 'four', 'eat', 'five', 'six'];
    const replies = await Promise.all(words.map((word) => pool.parse(ask(word))));
    expect(replies.map(told)).toEqual([
      'one 1',
      'too-slow',
      'two 1',
      'died',
      'three 1',
      'died',
      'four 1',
      'out-of-memory',
      'five 1',
      'six 2',
    ]);
  });

  test('lets what a person waits for go before indexing', async () => {
    // On a busy machine a person's patience would end, and a thread more would be started.
    await using pool = new ParsePool({ entry: badThread, ahead: 1, patienceMs: 60_000 });
    const order: unknown[] = [];
    const asked = [ask('a'), ask('b'), ask('c'), ask('shown', 'show')];
    await Promise.all(asked.map((request) => pool.parse(request).then((reply) => order.push(told(reply)))));
    expect(order).toEqual(['a 1', 'shown 2', 'b 3', 'c 4']);
  });

  test('lets nobody wait who wants to read while a message for the index holds its thread up', async () => {
    await using pool = new ParsePool({ entry: badThread, patienceMs: 10 });
    const stuck = pool.parse(ask('hang')).then(told);
    const behind = pool.parse(ask('behind')).then(told);
    const shown = [await pool.parse(ask('one', 'show')), await pool.parse(ask('two', 'show'))];
    await pool[Symbol.asyncDispose]();
    expect([shown.map(told), await stuck, await behind]).toEqual([['one 1', 'two 1'], 'closed', 'closed']);
  });

  test('answers what is left when it is closed', async () => {
    const pool = new ParsePool({ entry: badThread });
    const waiting = [pool.parse(ask('hang')), pool.parse(ask('a'))];
    await pool[Symbol.asyncDispose]();
    expect((await Promise.all([...waiting, pool.parse(ask('b'))])).map(told)).toEqual([
      'closed',
      'closed',
      'closed',
    ]);
  });
});

describe('a parse pool', () => {
  let thread: Awaited<ReturnType<typeof builtParseWorker>>;
  beforeAll(async () => {
    thread = await builtParseWorker();
  }, 60_000);
  afterAll(() => thread[Symbol.asyncDispose]());

  const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), someBytes(892)]);
  const related = lines(
    'Subject: x',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html',
    '',
    '<p onclick="alert(1)">hello<img src="cid:a"><img src="https://example.com/a.png" width="90"></p>',
    '--b',
    'Content-Type: image/png; name=a.png',
    'Content-ID: <a>',
    'Content-Transfer-Encoding: base64',
    '',
    base64(picture),
    '--b--',
    '',
  );

  test('shows a body that is made safe, with its pictures under the addresses it was given', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    const reply = await pool.parse({
      job: 'show',
      source: Buffer.from(related),
      addresses: { partPrefix: 'poppy-part://token/', remotePrefix: null },
    });
    const body = reply.kind === 'parsed' ? reply.body : null;
    expect({
      picture: body?.html.includes('src="poppy-part://token/2"'),
      script: body?.html.includes('alert'),
      blocked: body?.blockedRemote,
    }).toEqual({ picture: true, script: false, blocked: 1 });
  });

  test('reads from the middle of a file and writes a part to a new file that is private', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    const store = join(folder, 'segment');
    writeFileSync(store, `before${related}after`);
    const source = { path: store, offset: 6, length: related.length };
    const path = join(folder, 'a.png');
    const request: ParseRequest = { job: 'extract', source, part: '2', path, mode: 0o400 };
    const first = await pool.parse(request);
    const again = await pool.parse(request);
    expect({
      first: first.kind === 'extracted' && first.attachment.sizeBytes,
      bytes: readFileSync(path).equals(picture),
      mode: statSync(path).mode & 0o777,
      again: told(again),
      missing: (await pool.parse({ ...request, part: '7', path: join(folder, 'b') })).kind,
    }).toEqual({ first: 900, bytes: true, mode: 0o400, again: 'unreadable-file', missing: 'no-such-part' });
  });

  test('opens a message inside a message by its part', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    const outer = lines(
      'Subject: outer',
      'Content-Type: message/rfc822',
      '',
      'Subject: inner',
      '',
      'inner words',
    );
    const reply = await pool.parse({
      job: 'show',
      source: Buffer.from(outer),
      inside: '1',
      addresses: { partPrefix: '', remotePrefix: null },
    });
    expect(reply.kind === 'parsed' && [reply.message.subject, reply.message.text]).toEqual([
      'inner',
      'inner words',
    ]);
  });

  test('reads a file of a hundred thousand near-delimiters, one inside the other, within its time', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    const nested = Array.from(
      { length: 50_000 },
      (_, level) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`,
    );
    const text = `Subject: x\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n${nested.join('')}`;
    const path = join(folder, 'nested');
    const told: unknown[] = [];
    // Once small enough to be held whole, once too large for that.
    for (const more of ['', 'x'.repeat(3_000_000)]) {
      writeFileSync(path, text + more);
      const source = { path, offset: 0, length: text.length + more.length };
      told.push((await pool.parse({ job: 'index', source })).kind);
    }
    expect(told).toEqual(['parsed', 'parsed']);
  });

  test('warms up without a message', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    expect(await pool.parse({ job: 'warm-up' })).toEqual({ kind: 'warm' });
  });

  test('tells a file that is gone as unreadable', async () => {
    await using pool = new ParsePool({ entry: thread.entry });
    const source = { path: join(folder, 'gone'), offset: 0, length: 10 };
    expect(told(await pool.parse({ job: 'index', source }))).toBe('unreadable-file');
  });
});
