import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountId } from '../../../shared/ids.ts';
import { builtParseWorker } from '../../message/parsing/built-worker.ts';
import { type DovecotServer, startDovecot } from '../../servers/dovecot.ts';
import { maildropA } from '../../servers/maildrops.ts';
import { letter, type RunningEngine, runningEngine } from '../running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

async function add(engine: RunningEngine, { host, plainPort }: DovecotServer, user: string) {
  const added = await engine.answers['account/add']({
    choices: {
      name: user,
      address: `${user}@example.org`,
      server: { host, port: plainPort, security: 'none', user, mechanism: 'auto', plaintextConsent: true },
      retention: { kind: 'keep' },
      checkEveryMinutes: 0,
      checkAtStart: false,
      partialAboveBytes: 0,
      deleteOnServerWhenDeletedHere: false,
    },
    password: 'secret',
  });
  if (!added.ok) throw new Error(added.failure.kind);
  return added.value.accountId;
}

async function found(engine: RunningEngine, query: string): Promise<number> {
  return (await engine.rows({ kind: 'search', query })).length;
}

const ended = (engine: RunningEngine, accountId: AccountId) =>
  engine.events('check/ended').filter((record) => record.accountId === accountId).length;

test('new mail is found and announced while thousands of older messages still wait to be indexed', async () => {
  const backlog = 3000;
  await using server = await startDovecot({
    users: [
      { name: 'anna', password: 'secret', messages: maildropA(backlog) },
      { name: 'ben', password: 'secret' },
    ],
  });
  await using engine = await runningEngine(built.entry);
  const ben = await add(engine, server, 'ben');
  await engine.until(() => ended(engine, ben) === 1);
  const anna = await add(engine, server, 'anna');
  await engine.until(() => ended(engine, anna) === 1);

  server.addMessage(letter('News', 'The word is aardvark.'), 'ben');
  await engine.answers['check/start']({ accountId: ben });
  await engine.until(async () => (await found(engine, 'aardvark ')) === 1);
  const coverage = await engine.answers['search/coverage']({});
  await engine.until(() => engine.events('mail/arrived').length > 0);
  const announced = engine.events('mail/arrived')[0]?.messages.map(({ subject }) => subject);
  await engine.until(async () => (await found(engine, 'to:reader@example.org ')) === 500);
  const newest = await engine.rows({ kind: 'search', query: 'to:reader@example.org ' });

  expect({
    wasBeforeTheBacklog: coverage.found < coverage.total,
    total: coverage.total,
    announced,
    // The newest of them are found first: each page that was full had them.
    newest: newest[0]?.sentAt,
  }).toEqual({
    wasBeforeTheBacklog: true,
    total: backlog + 1,
    announced: ['News'],
    newest: (await engine.rows({ kind: 'folder', folder: 'inbox', accountId: anna }))[0]?.sentAt,
  });
}, 60_000);
