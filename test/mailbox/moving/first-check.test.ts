import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maildropId } from '../../../electron/mailbox/moving/foreign-mail-at.ts';
import { summariseHeaders } from '../../../electron/message/headers/header-summary.ts';
import { openStore, type Store } from '../../../electron/store/store.ts';
import type { Account } from '../../../shared/account.ts';
import { onThisComputer } from '../../../shared/folder.ts';
import { folderWith } from '../../other-programs/found-at.ts';
import { type UnrulyLetter, UnrulyServer } from '../../servers/unruly.ts';
import { accountAt, checkOnce, freshStore } from '../maildrop-fixture.ts';
import { importPaths } from './import-paths.ts';

const id = maildropId({ user: 'ann', host: '127.0.0.1' });

const letter = (name: string, body = 'Text.\r\n'): UnrulyLetter => ({
  uidl: `id-${name}`,
  bytes: Buffer.from(
    `From: Vera <vera@example.org>\r\nMessage-ID: <${name}@example.org>\r\nSubject: ${name}\r\n\r\n${body}`,
  ),
});

const known = Array.from({ length: 12 }, (_, index) => letter(`old${index}`, `${'x'.repeat(index)}\r\n`));
const fresh = [letter('new0'), letter('new1')];

/** A profile of Thunderbird that fetched the known letters, threw the last two away, and has only a part of the third. */
function profile(): string {
  const entry = ({ uidl, bytes }: UnrulyLetter, status: string) =>
    `From - Sat Nov 28 13:06:25 2026\r\nX-Account-Key: account1\nX-UIDL: ${uidl}\nX-Mozilla-Status: ${status}\nX-Mozilla-Status2: 00000000\n${bytes.toString().replaceAll('\r\n', '\n')}\r\n`;
  const state = (index: number) => (index === 2 ? 'b' : index === 11 ? 'd' : 'k');
  return folderWith({
    'prefs.js': [
      ['mail.accountmanager.accounts', '"account1"'],
      ['mail.account.account1.server', '"server1"'],
      ['mail.server.server1.type', '"pop3"'],
      ['mail.server.server1.hostname', '"127.0.0.1"'],
      ['mail.server.server1.userName', '"ann"'],
      ['mail.server.server1.directory-rel', '"[ProfD]Mail/127.0.0.1"'],
    ]
      .map(([name, value]) => `user_pref("${name}", ${value});\n`)
      .join(''),
    'Mail/127.0.0.1/Inbox': known
      .slice(0, 10)
      .map((one, index) =>
        entry(
          index === 2 ? { ...one, bytes: one.bytes.subarray(0, 60) } : one,
          index === 2 ? '0401' : '0001',
        ),
      )
      .join(''),
    'Mail/127.0.0.1/popstate.dat': known
      .map(({ uidl }, index) => `${state(index)} ${uidl} 1795871185\n`)
      .join(''),
  });
}

const retrieved = (server: UnrulyServer) =>
  server.heard('RETR').map((lines) => lines.map((line) => server.letters[Number(line.slice(5)) - 1]?.uidl));

/** A store into which the profile was imported. */
async function imported() {
  const fixture = await freshStore();
  const report = await importPaths(fixture.store, onThisComputer, [profile()]);
  return Object.assign(fixture, { report });
}

const account = (server: UnrulyServer, part: Partial<Account> = {}) => accountAt(server, { id, ...part });

test('the first check after an import fetches only what is new, and what was there in part', async () => {
  await using after = await imported();
  await using server = await new UnrulyServer([...known, ...fresh]).listen();
  const record = await checkOnce(after.tools, account(server));
  const again = await checkOnce(after.tools, account(server));
  expect(after.report).toMatchObject({
    ok: true,
    value: { accounts: [{ knownIds: 12, knownIdsHere: 10, toDelete: 1 }] },
  });
  expect([record.outcome, retrieved(server)]).toEqual([
    'done',
    [['id-new1', 'id-new0', 'id-old2'].toSorted(), []].map((ids, index) =>
      index === 0 ? expect.arrayContaining(ids) : ids,
    ),
  ]);
  expect([record.stored, again.stored, server.heard('DELE').flat()]).toEqual([3, 0, []]);
});

test('an id that the other program knew is no ground to delete anything on the server', async () => {
  await using after = await imported();
  await using server = await new UnrulyServer([...known, ...fresh]).listen();
  const removing = account(server, {
    retention: { kind: 'remove-when-stored' },
    deleteOnServerWhenDeletedHere: true,
  });
  for (let check = 0; check < 3; check += 1) {
    await checkOnce(after.tools, removing);
    after.clock.now += 2 * 24 * 60 * 60 * 1000;
  }
  // The two that were thrown away there are not here, and stay.
  expect(server.left).toEqual(['id-old10', 'id-old11']);
});

test('what has another size on the server than here is fetched again', async () => {
  await using after = await imported();
  const [first, ...others] = known;
  const changed = { ...letter('old0', 'Another letter.\r\n'), uidl: first?.uidl ?? '' };
  await using server = await new UnrulyServer([changed, ...others]).listen();
  await checkOnce(after.tools, account(server));
  expect(new Set(retrieved(server).flat())).toEqual(new Set(['id-old0', 'id-old2']));
});

test('ids of another maildrop are dropped, and everything comes', async () => {
  await using after = await imported();
  await using server = await new UnrulyServer(fresh).listen();
  await checkOnce(after.tools, account(server));
  const left = after.store
    .ledger(id)
    .entries()
    .filter(({ isElsewhere }) => isElsewhere);
  expect([retrieved(server).flat().length, left]).toEqual([2, []]);
});

test('an index that is made anew still knows the ids', async () => {
  await using after = await imported();
  const { folder } = after.store;
  const elsewhere = (store: Store) =>
    store
      .ledger(id)
      .entries()
      .flatMap(({ key, isElsewhere }) => (isElsewhere ? [key] : []))
      .toSorted();
  const before = elsewhere(after.store);
  await after.store.close();
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `index.sqlite${end}`), { force: true });
  const opened = await openStore({ folder, summarise: summariseHeaders });
  if (!opened.ok) throw new Error(opened.failure.kind);
  await using store = opened.value;
  await store.upkeep.compact(null);
  expect([before, elsewhere(store)]).toEqual([
    ['id-old10#1', 'id-old11#1'],
    ['id-old10#1', 'id-old11#1'],
  ]);
});
