import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account, ServerSettings } from '../../../shared/account.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed } from '../../../shared/result.ts';
import { opening, quit, retrieve, serverSaying } from '../../mailbox/maildrop-fixture.ts';
import { builtParseWorker } from '../../message/parsing/built-worker.ts';
import { type ScriptedServer, scriptedServer } from '../../servers/scripted.ts';
import { letterOf, UnrulyServer } from '../../servers/unruly.ts';
import { memoryVault, runningEngine } from '../running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

const oldServer: ServerSettings = {
  host: '127.0.0.1',
  port: 1,
  security: 'none',
  user: 'ann',
  mechanism: 'auto',
  plaintextConsent: true,
};
const choices = (server: ServerSettings): Omit<Account, 'id' | 'isSample'> => ({
  name: 'Work',
  address: 'ann@example.org',
  server,
  retention: { kind: 'keep' },
  checkEveryMinutes: 0,
  checkAtStart: false,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
});

/** A server that hears whether it is shown a password. */
const listening = (): Promise<ScriptedServer> => scriptedServer`
  S: +OK ready
  C: CAPA
  S: +OK|UIDL|.
  C: USER ann
  S: +OK
  C: PASS new-secret
  S: -ERR [AUTH] no
  C: QUIT
  S: +OK
`;

/** An engine with one account, which was given the password `secret`. */
async function withAccount(vault = memoryVault()) {
  const engine = await runningEngine(built.entry, vault);
  const added = await engine.answers['account/add']({ choices: choices(oldServer), password: 'secret' });
  if (!added.ok) throw new Error(added.failure.kind);
  await engine.until(() => engine.events('check/ended').length === 1);
  return { engine, vault, accountId: added.value.accountId };
}

test('a password goes to no host it was not given for, and the account says at once that it needs one', async () => {
  await using server = await listening();
  const { engine, vault, accountId } = await withAccount();
  await using _engine = engine;
  const moved = { ...oldServer, host: 'localhost', port: server.port };
  const updated = await engine.answers['account/update']({
    accountId,
    choices: choices(moved),
    allowsNewKey: false,
  });
  const [state] = await engine.answers['account/list']({});
  await engine.answers['check/start']({ accountId });
  await engine.until(() => engine.events('check/ended').length === 2);
  const withoutPassword = [engine.events('check/ended')[1]?.failure?.kind, vault.held.size];
  await engine.answers['account/set-password']({ accountId, password: 'new-secret' });
  await engine.until(() => engine.events('check/ended').length === 3);
  expect([
    [updated, state?.hasPassword, state?.trouble],
    withoutPassword,
    [engine.events('check/ended')[2]?.failure?.kind, vault.held.get(accountId)],
  ]).toEqual([
    [
      { ok: true, value: null },
      false,
      {
        kind: 'password-missing',
        step: 'sign-in',
        canRetry: false,
        host: 'localhost',
        port: server.port,
      },
    ],
    ['password-missing', 0],
    ['authentication', 'new-secret'],
  ]);
});

test('a password that a keyring would not let go is not used for the new server', async () => {
  const vault = memoryVault();
  const stubborn = {
    ...vault,
    remove: async () => failed({ kind: 'keyring-unavailable', canRetry: true } as const),
  };
  const { engine, accountId } = await withAccount(stubborn);
  await using _engine = engine;
  await engine.answers['account/update']({
    accountId,
    choices: choices({ ...oldServer, host: 'localhost' }),
    allowsNewKey: false,
  });
  await engine.answers['check/start']({ accountId });
  await engine.until(() => engine.events('check/ended').length === 2);
  expect([vault.held.get(accountId), engine.events('check/ended')[1]?.failure?.kind]).toEqual([
    'secret',
    'password-missing',
  ]);
});

test('the password stays for another port, for more protection and for everything that is no server', async () => {
  const { engine, vault, accountId } = await withAccount();
  await using _engine = engine;
  const after = async (server: ServerSettings) => {
    await engine.answers['account/update']({ accountId, choices: choices(server), allowsNewKey: false });
    return vault.held.get(accountId);
  };
  const tls = { ...oldServer, security: 'tls', plaintextConsent: false } as const;
  expect([
    await after(oldServer),
    await after({ ...oldServer, port: 2 }),
    await after(tls),
    await after(oldServer),
  ]).toEqual(['secret', 'secret', 'secret', undefined]);
});

test('a test of changed settings does not show the kept password to another server either', async () => {
  const { engine, accountId } = await withAccount();
  await using _engine = engine;
  const tried = async (server: ServerSettings, id: AccountId | null = accountId) => {
    const tested = await engine.answers['account/test']({
      attempt: 'one',
      server,
      password: null,
      accountId: id,
      allowsNewKey: false,
    });
    return tested.ok ? null : tested.failure.kind;
  };
  expect([
    await tried(oldServer),
    await tried({ ...oldServer, host: 'localhost' }),
    await tried({ ...oldServer, user: 'anna' }),
  ]).toEqual(['refused', 'password-missing', 'password-missing']);
});

test('a key that is trusted since the password was given gets it only when the person says so', async () => {
  const trusting = (digit: string): ServerSettings => ({
    ...oldServer,
    security: 'tls',
    plaintextConsent: false,
    pinnedKeySha256: digit.repeat(64),
  });
  const { engine, vault, accountId } = await withAccount();
  await using _engine = engine;
  const tried = async (server: ServerSettings, allowsNewKey: boolean) => {
    const request = { attempt: 'one', server, password: null, accountId, allowsNewKey };
    const tested = await engine.answers['account/test'](request);
    return tested.ok ? null : tested.failure.kind;
  };
  const after = async (server: ServerSettings, allowsNewKey: boolean) => {
    await engine.answers['account/update']({ accountId, choices: choices(server), allowsNewKey });
    return vault.held.get(accountId);
  };
  expect([
    [await tried(trusting('a'), false), await tried(trusting('a'), true)],
    [await after(trusting('a'), true), await after(trusting('a'), false)],
    [await tried(trusting('a'), false), await tried(trusting('b'), false)],
    await after(trusting('b'), false),
  ]).toEqual([
    ['password-missing', 'refused'],
    ['secret', 'secret'],
    ['refused', 'password-missing'],
    undefined,
  ]);
});

/** A command, and the letter of a day in January 2026 that answers it; TOP brings its headers only. */
const datedLetter = (command: string, subject: string, day: number) => `
    C: ${command}
    S: +OK|Date: ${day} Jan 2026 12:00:00 +0000|Subject: ${subject}||${command.startsWith('TOP') ? '' : 'text|'}.`;

test('a mailbox that was removed with its mail kept goes on with it when it is added again', async () => {
  await using server = await serverSaying(
    opening(['a 55', 'b 55']) + datedLetter('RETR 2', 'two', 2) + datedLetter('RETR 1', 'one', 1) + quit,
    // What was known of the mailbox when it was removed is looked at again before anything is fetched.
    opening(['a 55', 'b 55', 'c 30']) +
      datedLetter('TOP 1 0', 'one', 1) +
      datedLetter('TOP 2 0', 'two', 2) +
      retrieve(3, 'three') +
      quit,
  );
  await using engine = await runningEngine(built.entry);
  const own = choices({ ...oldServer, port: server.port });
  const first = await engine.answers['account/add']({ choices: own, password: 'secret' });
  if (!first.ok) throw new Error(first.failure.kind);
  await engine.until(() => engine.events('check/ended').length === 1);
  const { accountId } = first.value;
  const twin = await engine.answers['account/add']({ choices: own, password: 'secret' });
  const tested = await engine.answers['account/test']({
    attempt: 'one',
    server: own.server,
    password: 'secret',
    accountId: null,
    allowsNewKey: false,
  });
  await engine.answers['account/remove']({ accountId, keepMail: true });
  const again = await engine.answers['account/add']({ choices: own, password: 'secret' });
  await engine.until(() => engine.events('check/ended').length === 2);
  const subjects = (await engine.rows()).map((row) => row.subject).sort();
  expect([twin, tested, again.ok && again.value.accountId, subjects, await server.finished()]).toEqual([
    { ok: false, failure: { kind: 'account-exists', name: 'Work', canRetry: false } },
    { ok: false, failure: { kind: 'account-exists', name: 'Work', canRetry: false } },
    accountId,
    ['one', 'three', 'two'],
    [],
  ]);
});

test('a server that the window would refuse while it is typed is neither tried nor added', async () => {
  await using engine = await runningEngine(built.entry);
  const server = { ...oldServer, host: 'https://pop.example.org' };
  const added = await engine.answers['account/add']({ choices: choices(server), password: 'secret' });
  const request = { attempt: 'one', server, password: 'secret', accountId: null, allowsNewKey: false };
  const tested = await engine.answers['account/test'](request);
  const refused = failed({ kind: 'bad-input', field: 'host', what: 'has-scheme', canRetry: false });
  expect([added, tested, engine.events('account/test-step')]).toEqual([refused, refused, []]);
});

test('a message that cannot be fetched is named on the account, and what is decided about it is done at once', async () => {
  const letter = letterOf('u1', 'broken');
  const cut = { bytes: letter.bytes.subarray(0, 100), end: 'close' } as const;
  await using server = await new UnrulyServer([{ ...letter, brings: cut }]).listen();
  const engine = await runningEngine(built.entry, memoryVault());
  await using _engine = engine;
  const account = choices({ ...oldServer, port: server.port });
  const added = await engine.answers['account/add']({ choices: account, password: 'secret' });
  if (!added.ok) throw new Error(added.failure.kind);
  const { accountId } = added.value;
  const state = () => engine.answers['account/list']({})[0];
  await engine.until(() => engine.events('check/ended').length === 1);
  engine.answers['check/start']({ accountId });
  await engine.until(() => engine.events('check/ended').length === 2);
  const [named] = state()?.unfetched ?? [];
  const decided = await engine.answers['account/decide-unfetched']({
    accountId,
    key: named?.key ?? '',
    choice: 'beginning',
  });
  await engine.until(() => engine.events('check/ended').length === 3);
  expect([named?.subject, decided.ok, state()?.trouble, state()?.unfetched]).toEqual([
    'broken',
    true,
    null,
    [],
  ]);
});
