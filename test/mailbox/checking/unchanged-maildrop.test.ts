import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkMail } from '../../../electron/mailbox/checking/check-mail.ts';
import type { MaildropTools } from '../../../electron/mailbox/maildrop/maildrop-session.ts';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import type { Account } from '../../../shared/account.ts';
import type { CheckProgress } from '../../../shared/account-state.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { startDovecot } from '../../servers/dovecot.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { withDovecot } from '../../servers/with-dovecot.ts';
import { accountAt, freshStore, id, opening, quit, retrieve, serverSaying } from '../maildrop-fixture.ts';

guardAgainstLeaks();

/** Checks an account; what came of it, and what was asked after signing in. */
async function check(
  tools: MaildropTools,
  account: Account,
  onPhase: (phase: CheckProgress['phase']) => void = () => undefined,
) {
  const transcript = new Transcript();
  const { signal } = new AbortController();
  const record = await checkMail(tools, account, {
    signal,
    transcript,
    rules: [],
    onProgress: ({ phase }) => onPhase(phase),
  });
  const said = transcript.entries.filter(({ direction }) => direction === 'client').map(({ text }) => text);
  const retrieval = said.findIndex((text) => text.startsWith('RETR'));
  // Each retrieval ends in a STAT, too.
  const asked = said.filter(
    (text, index) => /^(?:STAT|LIST|UIDL|DELE)/.test(text) && (retrieval === -1 || index < retrieval),
  );
  return { outcome: record.outcome, stored: record.stored, onServer: record.onServer, asked };
}

/** So many checks, one after another. */
async function checkTimes(count: number, tools: MaildropTools, account: Account) {
  const checks: Awaited<ReturnType<typeof check>>[] = [];
  for (let round = 0; round < count; round++) checks.push(await check(tools, account));
  return checks;
}

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `m${String(index).padStart(4, '0')}`);
const listed = (count: number) => opening(names(count).map((name) => `${name} 10`));

/** What a check asks in place of the listing, and the answers. */
const asked = (stat: string, number: number, uidl: string) =>
  `${listed(0).split('\n    C: STAT')[0]}
    C: STAT
    S: +OK ${stat}
    C: UIDL ${number}
    S: ${uidl}`;

/** A store that is to leave 1,000 messages of a server alone. */
async function knowing(count: number) {
  const fresh = await freshStore();
  const ledger = fresh.store.ledger(id);
  await ledger.reconcile(names(count).map((uidl) => ({ uidl, sizeBytes: 10, occurrence: 1 })));
  await ledger.setSkipped(names(count).map((name) => asLedgerKey(`${name}#1`)));
  return fresh;
}

const whole = ['STAT', 'LIST', 'UIDL'];

test('a large maildrop that has not changed is not listed again', async () => {
  await using fresh = await knowing(1000);
  await using pop3 = await serverSaying(
    listed(1000) + quit,
    asked('1000 1000', 1000, '+OK 1000 m0999') + quit,
    asked('1000 1000', 1000, '+OK 1000 m0999') + quit,
  );
  const checks = await checkTimes(3, fresh.tools, accountAt(pop3));
  const unchanged = { outcome: 'done', stored: 0, onServer: 1000, asked: ['STAT', 'UIDL 1000'] };
  expect([checks, await pop3.finished()]).toEqual([
    [{ ...unchanged, asked: whole }, unchanged, unchanged],
    [],
  ]);
});

test('a small maildrop is listed each time', async () => {
  await using fresh = await knowing(999);
  await using pop3 = await serverSaying(listed(999) + quit, listed(999) + quit);
  const first = await check(fresh.tools, accountAt(pop3));
  const second = await check(fresh.tools, accountAt(pop3));
  expect([first.asked, second.asked, await pop3.finished()]).toEqual([whole, whole, []]);
});

test('a large maildrop whose last message is another is listed, and what is new is fetched', async () => {
  await using fresh = await knowing(1000);
  const changed = listed(1000).replaceAll('m0999', 'm1000');
  await using pop3 = await serverSaying(
    listed(1000) + quit,
    `${asked('1000 1000', 1000, '+OK 1000 m1000')}${changed.slice(changed.indexOf('\n    C: STAT'))}${retrieve(1000, 'new')}${quit}`,
  );
  await check(fresh.tools, accountAt(pop3));
  const second = await check(fresh.tools, accountAt(pop3));
  expect([second, await pop3.finished()]).toEqual([
    { outcome: 'done', stored: 1, onServer: 1000, asked: ['STAT', 'UIDL 1000', ...whole] },
    [],
  ]);
});

test('a maildrop of which a window is shown, or from which others fetch, is listed each time', async () => {
  await using fresh = await knowing(1000);
  await using pop3 = await serverSaying(
    (listed(1000) + quit).replaceAll('USER ann', 'USER recent:ann'),
    (listed(1000) + quit).replaceAll('USER ann', 'USER recent:ann'),
  );
  const account = accountAt(pop3);
  const recent = { ...account, server: { ...account.server, user: 'recent:ann' } };
  await check(fresh.tools, recent);
  expect([(await check(fresh.tools, recent)).asked, await pop3.finished()]).toEqual([whole, []]);
});

for (const words of ['', ' 1000 messages follow'])
  test(`a server that lists all ids when asked for one, after "+OK${words}", is checked all the same, and not asked so again`, async () => {
    await using fresh = await knowing(1000);
    await using pop3 = await serverSaying(
      listed(1000) + quit,
      `${asked('1000 1000', 1000, `+OK${words}`)}
    C: STAT
    S: 1 m0000|2 m0001|.`,
      listed(1000) + quit,
      listed(1000) + quit,
    );
    const checks = await checkTimes(3, fresh.tools, accountAt(pop3));
    expect([checks.map(({ outcome }) => outcome), checks[2]?.asked, await pop3.finished()]).toEqual([
      ['done', 'done', 'done'],
      whole,
      [],
    ]);
  });

/** Asked for one id, the server hangs up. */
const hangUp = asked('1000 1000', 1000, '<close>');

test('a server that hangs up when asked for one id is checked all the same, and not asked so again', async () => {
  await using fresh = await knowing(1000);
  await using pop3 = await serverSaying(
    listed(1000) + quit,
    hangUp,
    listed(1000) + quit,
    listed(1000) + quit,
  );
  const checks = await checkTimes(3, fresh.tools, accountAt(pop3));
  expect([checks.map(({ outcome }) => outcome), checks[2]?.asked, await pop3.finished()]).toEqual([
    ['done', 'done', 'done'],
    whole,
    [],
  ]);
});

test('a server that comes to hang up when asked for one id costs one check, and then no more', async () => {
  await using fresh = await knowing(1000);
  const unchanged = asked('1000 1000', 1000, '+OK 1000 m0999') + quit;
  await using pop3 = await serverSaying(
    ...[listed(1000) + quit, unchanged, hangUp, hangUp, listed(1000) + quit, listed(1000) + quit],
  );
  const checks = await checkTimes(5, fresh.tools, accountAt(pop3));
  expect([checks.map(({ outcome }) => outcome), checks[4]?.asked, await pop3.finished()]).toEqual([
    ['done', 'done', 'failed', 'done', 'done'],
    whole,
    [],
  ]);
});

test('what a person wants deleted while the server is asked is deleted in the same check', async () => {
  await using fresh = await knowing(1000);
  const again = listed(1000);
  await using pop3 = await serverSaying(
    listed(1000) + quit,
    `${asked('1000 1000', 1000, '+OK 1000 m0999')}${again.slice(again.indexOf('\n    C: STAT'))}
    C: DELE 1
    S: +OK${quit}`,
  );
  await check(fresh.tools, accountAt(pop3));
  const ledger = fresh.store.ledger(id);
  let marked: Promise<unknown> = Promise.resolve();
  const deleting = await check(fresh.tools, accountAt(pop3), (phase) => {
    if (phase === 'listing') marked = ledger.setDeletePending([asLedgerKey('m0000#1')], { areChosen: true });
  });
  await marked;
  expect([deleting.asked, ledger.entry(asLedgerKey('m0000#1'))?.state, await pop3.finished()]).toEqual([
    ['STAT', 'UIDL 1000', ...whole, 'DELE 1'],
    'delete-sent',
    [],
  ]);
});

const letter = (subject: string) => `From: a@example.org\r\nSubject: ${subject}\r\n\r\nText.\r\n`;

withDovecot(
  'Dovecot is asked one question while nothing changes, and no change of its maildrop is missed',
  async () => {
    const messages = names(1000).map(letter);
    await using server = await startDovecot({ users: [{ name: 'ann', password: 'secret', messages }] });
    await using fresh = await freshStore();
    const [user] = server.users;
    if (user === undefined) throw new Error('no user');
    const added = basename(user.maildir.add(letter('to go'))).replace(/:.*/, '');
    const account = accountAt({ port: server.plainPort } as Parameters<typeof accountAt>[0]);
    const arrived = await check(fresh.tools, account);
    const quiet = await check(fresh.tools, account);
    // As many messages of the same size as before: only the ids tell.
    const folder = join(user.maildir.folder, 'cur');
    for (const name of readdirSync(folder)) if (name.startsWith(added)) rmSync(join(folder, name));
    server.addMessage(letter('to co'), 'ann');
    const swapped = await check(fresh.tools, account);
    const quietAgain = await check(fresh.tools, account);
    await fresh.store.ledger(id).setDeletePending(
      fresh.store
        .ledger(id)
        .entries()
        .filter(({ state }) => state === 'stored')
        .slice(0, 1)
        .map(({ key }) => key),
    );
    const deleting = await check(fresh.tools, account);
    const confirmed = await check(fresh.tools, account);
    const quietAtLast = await check(fresh.tools, account);
    expect([arrived, quiet, swapped, quietAgain, deleting, confirmed, quietAtLast]).toEqual([
      { outcome: 'done', stored: 1001, onServer: 1001, asked: whole },
      { outcome: 'done', stored: 0, onServer: 1001, asked: ['STAT', 'UIDL 1001'] },
      { outcome: 'done', stored: 1, onServer: 1001, asked: ['STAT', 'UIDL 1001', ...whole] },
      { outcome: 'done', stored: 0, onServer: 1001, asked: ['STAT', 'UIDL 1001'] },
      { outcome: 'done', stored: 0, onServer: 1001, asked: [...whole, 'DELE 1'] },
      { outcome: 'done', stored: 0, onServer: 1000, asked: whole },
      { outcome: 'done', stored: 0, onServer: 1000, asked: ['STAT', 'UIDL 1000'] },
    ]);
  },
  60_000,
);
