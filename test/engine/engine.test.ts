import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RequestOf } from '../../shared/contract.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import { builtParseWorker } from '../message/parsing/built-worker.ts';
import { letter, memoryVault, ownAccount, runningEngine, withFiles } from './running-engine.ts';

let built: Awaited<ReturnType<typeof builtParseWorker>>;
beforeAll(async () => {
  built = await builtParseWorker();
}, 60_000);
afterAll(() => built[Symbol.asyncDispose]());

const start = (vault = memoryVault()) => runningEngine(built.entry, vault);
const auto = { format: 'auto', isDark: false, allowRemoteOnce: false } as const;
const only = (id: MessageId | undefined) => ({ kind: 'ids' as const, ids: id === undefined ? [] : [id] });
const folderOf = (folder: 'inbox' | 'trash') => ({ kind: 'folder', folder, accountId: null }) as const;

/** The sample mailbox, fetched and read through. */
async function withSample(engine: Awaited<ReturnType<typeof start>>): Promise<AccountId> {
  const added = await engine.answers['account/add-sample']({});
  if (!added.ok) throw new Error(added.failure.kind);
  await engine.until(() => engine.events('check/ended').length > 0);
  return added.value.accountId;
}

test('the sample mailbox is added, checked, listed and announced', async () => {
  await using engine = await start();
  const accountId = await withSample(engine);
  const [record] = engine.events('check/ended');
  await engine.until(() => engine.events('mail/arrived').length > 0);
  const rows = await engine.rows();
  const counts = await engine.answers['mailbox/counts']({});
  const states = await engine.answers['account/list']({});
  const counted = counts.find(
    ({ place }) => place.kind === 'folder' && place.folder === 'inbox' && place.accountId === accountId,
  );
  expect({
    outcome: record?.outcome,
    all: record?.stored === rows.length && rows.length > 10,
    counted: counted?.total === rows.length,
    announced: engine.events('mail/arrived')[0]?.total,
    state: [states[0]?.hasPassword, states[0]?.trouble, states[0]?.check],
  }).toEqual({
    outcome: 'done',
    all: true,
    counted: true,
    announced: rows.filter((row) => !row.isRead).length,
    state: [true, null, null],
  });
});

test('a message is read as HTML, as text and as source, with what was sought marked', async () => {
  await using engine = await start();
  const [id] = await engine.take(withFiles);
  const read = async (format: 'auto' | 'text' | 'source', find = '') => {
    const view = await engine.answers['message/read']({
      id: id as MessageId,
      body: { ...auto, format, find },
    });
    if (!view.ok) return view;
    const token = new URL(view.value.bodyUrl).host;
    const page = await engine.answers['content/read']({ token, path: '/' });
    const html = Buffer.from(page?.bytes ?? []).toString();
    return [
      view.value.shows,
      view.value.found,
      html.includes('needle among them') || html.includes('poppy-found-1'),
    ];
  };
  const source = await engine.answers['message/source']({ id: id as MessageId, isDark: false });
  const sourcePage = source.ok
    ? await engine.answers['content/read']({ token: new URL(source.value.url).host, path: '/' })
    : null;
  expect([
    await read('auto'),
    await read('text'),
    await read('source'),
    await read('auto', 'needle'),
    Buffer.from(sourcePage?.bytes ?? []).includes('X-Project: walnut'),
    await engine.answers['message/read']({ id: 999_999 as MessageId, body: auto }),
  ]).toEqual([
    ['html', 0, true],
    ['text', 0, true],
    ['source', 0, true],
    ['html', 1, true],
    true,
    { ok: false, failure: { kind: 'not-found', canRetry: false } },
  ]);
});

test('a page’s token opens its own parts and nothing else, and nothing remote unless allowed', async () => {
  await using engine = await start();
  const [id] = await engine.take(withFiles);
  const view = await engine.answers['message/read']({ id: id as MessageId, body: auto });
  const other = await engine.answers['message/read']({
    id: (await engine.take(letter('Other')))[0] as MessageId,
    body: auto,
  });
  if (!view.ok || !other.ok) throw new Error('not read');
  const ask = async (token: string, path: string) =>
    (await engine.answers['content/read']({ token, path }))?.headers['content-type'] ?? null;
  const token = new URL(view.value.bodyUrl).host;
  const otherToken = new URL(other.value.bodyUrl).host;
  const remote = '/remote/https://tracker.invalid/pixel.png';
  expect([
    view.value.remote.blocked > 0,
    await ask(token, '/part/2'),
    await ask(token, '/part/3'),
    await ask(token, '/part/99'),
    await ask(otherToken, '/part/2'),
    await ask('0'.repeat(40), '/'),
    await ask(token, '/../part/2'),
    await ask(token, remote),
  ]).toEqual([true, 'image/png', null, null, null, null, null, null]);
});

test('attachments leave as private read-only copies, and programs leave none behind', async () => {
  await using engine = await start();
  const [id] = (await engine.take(withFiles)) as [MessageId];
  const folder = join(engine.folder, 'copies');
  await mkdir(folder);
  const notes = await engine.answers['attachment/copy']({ id, part: '3', folder });
  const program = await engine.answers['attachment/copy']({ id, part: '4', folder });
  const missing = await engine.answers['attachment/copy']({ id, part: '9', folder });
  const nowhere = await engine.answers['attachment/copy']({ id, part: '3', folder: join(folder, 'none') });
  if (!notes.ok || !program.ok) throw new Error('not copied');
  const mode = async (path: string) => (await stat(path)).mode & 0o777;
  expect([
    [notes.value.name, notes.value.saveOnlyReason, await readFile(notes.value.path, 'latin1')],
    [await mode(notes.value.path), await mode(join(notes.value.path, '..'))],
    program.value.saveOnlyReason !== null,
    missing.ok ? 'copied' : missing.failure.kind,
    nowhere.ok ? 'copied' : nowhere.failure.kind,
    (await readdir(folder)).length,
  ]).toEqual([['notes.txt', null, 'notes\r\n\0'], [0o400, 0o700], true, 'not-found', 'unreadable-file', 1]);
});

test('saving all attachments overwrites nothing', async () => {
  await using engine = await start();
  const [id] = (await engine.take(withFiles)) as [MessageId];
  const folder = join(engine.folder, 'all');
  await mkdir(folder);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  const saved = await engine.answers['attachment/write-all']({ id, folder });
  expect([
    saved,
    (await readdir(folder)).sort(),
    await readFile(join(folder, 'notes.txt'), 'utf8'),
    await engine.answers['attachment/write-all']({ id, folder: join(folder, 'none') }),
  ]).toMatchObject([
    { ok: true, value: { count: 3 } },
    ['dot.png', 'notes (2).txt', 'notes.txt', 'setup.exe'],
    'mine',
    { ok: false, failure: { kind: 'unreadable-file' } },
  ]);
});

test('what is deleted goes to the Trash, comes back, and is gone when the Trash is emptied', async () => {
  await using engine = await start();
  const [one, two] = await engine.take(letter('One'), letter('Two'));
  const deleted = await engine.answers['message/delete']({ selection: only(one), alsoOnServer: true });
  if (!deleted.ok) throw new Error('not deleted');
  const inTrash = (await engine.rows(folderOf('trash'))).map((row) => row.id);
  const undone = await engine.answers['message/undo'](deleted.value);
  const again = await engine.answers['message/undo'](deleted.value);
  const back = (await engine.rows()).length;
  await engine.answers['message/delete']({ selection: only(two), alsoOnServer: false });
  const emptied = await engine.answers['trash/empty']({ accountId: null });
  expect([inTrash, undone, again, back, emptied, (await engine.rows()).map((row) => row.id)]).toMatchObject([
    [one],
    { ok: true, value: { count: 1 } },
    { ok: false, failure: { kind: 'not-found' } },
    2,
    { ok: true, value: { count: 1 } },
    [one],
  ]);
});

test('a deletion on the server that is taken back before the next check leaves the message there', async () => {
  await using engine = await start();
  const accountId = await withSample(engine);
  const [kept, gone] = await engine.rows();
  const first = await engine.answers['message/delete']({ selection: only(kept?.id), alsoOnServer: true });
  await engine.answers['message/delete']({ selection: only(gone?.id), alsoOnServer: true });
  if (first.ok) await engine.answers['message/undo'](first.value);
  await engine.answers['check/start']({ accountId });
  await engine.until(() => engine.events('check/ended').length === 2);
  expect(engine.events('check/ended').map((record) => [record.outcome, record.deletedOnServer])).toEqual([
    ['done', 0],
    ['done', 1],
  ]);
});

test('the server view lists, plans, takes back and applies; a check waits for it to be closed', async () => {
  await using engine = await start();
  const accountId = await withSample(engine);
  const done = { ok: true, value: null };
  const view = () => engine.answers['server/view']({ accountId });
  const opened = await engine.answers['server/open']({ accountId });
  const before = view();
  const page = await engine.answers['server/rows']({
    accountId,
    sort: { by: 'size', descending: true },
    offset: 0,
    limit: 2,
  });
  const keys = page.rows.map((row) => row.key);
  const planned = await engine.answers['server/plan']({ accountId, keys, plan: 'delete' });
  const plan = view().plan.delete;
  await engine.answers['check/start']({ accountId });
  const undone = await engine.answers['server/undo']({ accountId });
  const planLeft = view().plan.delete;
  await engine.answers['server/plan']({ accountId, keys: keys.slice(0, 1), plan: 'delete' });
  const applied = await engine.answers['server/apply']({ accountId, keepInBin: false });
  const after = view();
  const checksBefore = engine.events('check/ended').length;
  const log = await engine.answers['transcript/text']({ accountId });
  await engine.answers['server/close']({ accountId });
  await engine.until(() => engine.events('check/ended').length === 2);
  const deletions = await engine.answers['server/deletions']({ accountId });
  expect([
    [opened, undone, applied],
    [before.connection, planned, plan, planLeft],
    after.applied?.outcome,
    before.count - after.count,
    checksBefore,
    deletions.length,
    log.includes('PASS') && !/PASS (?!•)/.test(log),
    await engine.answers['server/apply']({ accountId, keepInBin: false }),
  ]).toMatchObject([
    [done, done, done],
    ['open', { planned: 2 }, 2, 0],
    'applied',
    1,
    1,
    1,
    true,
    { ok: false, failure: { kind: 'not-found' } },
  ]);
});

test('the protocol log reaches the window in bundles', async () => {
  await using engine = await start();
  await withSample(engine);
  await engine.close();
  const events = engine.events('server/transcript-line');
  const lines = events.flatMap((event) => event.lines);
  expect([lines.length > 50, events.length * 5 < lines.length]).toEqual([true, true]);
});

test('rules work on what arrives, and a dry run looks at headers too', async () => {
  await using engine = await start();
  const [id] = await engine.take(withFiles, letter('Plain'));
  type Rule = RequestOf<'rule/dry-run'>['rule'];
  const rule = (part: Partial<Rule>): Rule => ({
    id: 'r',
    name: 'r',
    isOn: true,
    accountId: null,
    conditions: [],
    actions: [{ kind: 'tag', tag: 'seen' }, { kind: 'mark-read' }, { kind: 'no-notice' }],
    ...part,
  });
  const byHeader = rule({ conditions: [{ kind: 'header', name: 'x-project', contains: 'WALNUT' }] });
  const trial = await engine.answers['rule/dry-run']({ rule: byHeader });
  const none = await engine.answers['rule/dry-run']({ rule: rule({}) });
  const all = rule({ conditions: [{ kind: 'larger', bytes: 0 }] });
  await engine.answers['rule/save']({ rules: [all] });
  await withSample(engine);
  const sample = async () => (await engine.rows()).filter((row) => row.accountId !== ownAccount);
  await engine.until(async () => (await sample()).every((row) => row.tags.includes('seen')));
  expect([
    [trial.matched, trial.sample.rows.map((row) => row.id)],
    none.matched,
    (await sample()).every((row) => row.isRead),
    engine.events('mail/arrived'),
  ]).toEqual([[1, [id]], 0, true, []]);
});

test('tags, saved searches, searching and marks work together', async () => {
  await using engine = await start();
  const [one] = await engine.take(letter('Walrus'), letter('Carpenter'));
  await engine.answers['tag/save']({ tags: [{ name: 'sea', color: '#06c' }] });
  await engine.answers['saved-search/save']({ searches: [{ name: 'w', query: 'walrus' }] });
  const marked = await engine.answers['message/mark']({
    selection: only(one),
    change: { isStarred: true, isRead: true, addTags: ['sea'] },
  });
  const rowsOf = async (place: Parameters<typeof engine.rows>[0]) =>
    (await engine.rows(place)).map((row) => row.subject);
  expect([
    marked.ok && marked.value.count,
    await rowsOf({ kind: 'tag', tag: 'sea' }),
    await rowsOf({ kind: 'starred', accountId: null }),
    await rowsOf({ kind: 'search', query: 'walrus' }),
    (await engine.answers['tag/list']({})).map((tag) => tag.name),
    await engine.answers['saved-search/list']({}),
  ]).toEqual([1, ['Walrus'], ['Walrus'], ['Walrus'], ['sea'], [{ name: 'w', query: 'walrus' }]]);
});

test('mail that is exported, backed up and restored elsewhere is the same mail', async () => {
  await using engine = await start();
  await using other = await start();
  const [id] = (await engine.take(withFiles)) as [MessageId];
  const path = (name: string) => join(engine.folder, name);
  await engine.answers['message/mark']({ selection: only(id), change: { isStarred: true } });
  const saved = await engine.answers['message/export']({ id, as: 'eml', path: path('saved.eml') });
  const html = await engine.answers['message/export']({ id, as: 'html', path: path('saved.html') });
  const text = await engine.answers['message/export']({ id, as: 'txt', path: path('none/saved.txt') });
  const exported = await engine.answers['storage/export-to']({
    format: 'mbox',
    accountId: null,
    path: path('all.mbox'),
  });
  const backup = await engine.answers['storage/backup-to']({ path: path('whole.tar') });
  const lost = await engine.answers['storage/backup-to']({ path: path('none/whole.tar') });
  const restored = await other.answers['storage/restore-from']({ path: path('whole.tar') });
  const broken = await other.answers['storage/restore-from']({ path: path('saved.eml') });
  const [row] = await other.rows();
  const imported = await other.answers['storage/import-from']({
    accountId: ownAccount,
    paths: [path('all.mbox'), path('missing.mbox')],
  });
  expect([
    [saved.ok, await readFile(path('saved.eml'), 'latin1')],
    [html.ok, (await readFile(path('saved.html'), 'utf8')).includes('tracker.invalid')],
    [text.ok, exported.ok, backup.ok, lost.ok, broken.ok],
    restored,
    [row?.subject, row?.isStarred],
    imported.ok ? imported.value : imported.failure.kind,
    (await other.rows()).length,
    await engine.answers['storage/verify']({}),
  ]).toEqual([
    [true, withFiles],
    [true, false],
    [false, true, true, false, false],
    { ok: true, value: { messages: 1 } },
    ['Three files', true],
    'unreadable-file',
    1,
    { ok: true, value: { checked: 1, damaged: [] } },
  ]);
});

test('an account that is removed takes its password with it, and its mail if that is wished', async () => {
  const vault = memoryVault();
  await using engine = await start(vault);
  const choices = {
    name: 'Work',
    address: 'ann@example.org',
    server: {
      host: '127.0.0.1',
      port: 1,
      security: 'none' as const,
      user: 'ann',
      mechanism: 'auto' as const,
      plaintextConsent: true,
    },
    retention: { kind: 'keep' as const },
    checkEveryMinutes: 0,
    checkAtStart: false,
    partialAboveBytes: 0,
    deleteOnServerWhenDeletedHere: false,
  };
  const added = await engine.answers['account/add']({ choices, password: 'secret' });
  if (!added.ok) throw new Error(added.failure.kind);
  const { accountId } = added.value;
  await engine.until(() => engine.events('check/ended').length === 1);
  const held = vault.held.get(accountId);
  const path = join(engine.folder, 'one.eml');
  await writeFile(path, letter('Kept'));
  await engine.answers['storage/import-from']({ accountId, paths: [path] });
  const [troubled] = await engine.answers['account/list']({});
  const updated = await engine.answers['account/update']({
    accountId,
    choices: { ...choices, name: 'Home' },
    allowsNewKey: false,
  });
  const [state] = await engine.answers['account/list']({});
  const kept = await engine.answers['account/remove']({ accountId, keepMail: true });
  const rows = (await engine.rows()).length;
  const twice = await engine.answers['account/remove']({ accountId, keepMail: false });
  const sample = await withSample(engine);
  const checking = engine.answers['check/start']({ accountId: sample });
  const emptied = await engine.answers['account/remove']({ accountId: sample, keepMail: false });
  await checking;
  expect([
    [held, updated.ok, state?.account.name, troubled?.trouble?.kind],
    [kept.ok, vault.held.size, rows],
    twice,
    [emptied, (await engine.rows()).length, await engine.answers['account/list']({})],
    await engine.answers['account/set-password']({ accountId, password: 'x' }),
  ]).toMatchObject([
    ['secret', true, 'Home', 'refused'],
    [true, 0, 1],
    { ok: false, failure: { kind: 'not-found' } },
    [{ ok: true, value: null }, 1, []],
    { ok: false, failure: { kind: 'not-found' } },
  ]);
});

test('a keyring that waits for the person keeps no list waiting', async () => {
  const vault = memoryVault();
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const locked = {
    ...vault,
    get: async (accountId: AccountId) => {
      await opened;
      return vault.get(accountId);
    },
  };
  await using engine = await start(locked);
  await engine.answers['account/add']({
    choices: {
      name: 'Locked',
      address: 'l@example.org',
      server: {
        host: '127.0.0.1',
        port: 1,
        security: 'tls',
        user: 'l',
        mechanism: 'auto',
        plaintextConsent: false,
      },
      retention: { kind: 'keep' },
      checkEveryMinutes: 0,
      checkAtStart: false,
      partialAboveBytes: 0,
      deleteOnServerWhenDeletedHere: false,
    },
    password: 'secret',
  });
  const before = await engine.answers['account/list']({});
  vault.held.clear();
  open();
  await engine.until(() => engine.events('account/changed').some(([state]) => state?.hasPassword === false));
  expect(before[0]?.hasPassword).toBe(true);
});

test('preferences are kept, and a wrong one changes nothing', async () => {
  await using engine = await start();
  await engine.answers['preferences/update']({ theme: 'dark' });
  const updated = engine.answers['preferences/read']({});
  await engine.answers['preferences/update']({ textScale: 99 });
  expect([
    updated.theme,
    engine.answers['preferences/read']({}),
    engine.events('failure/raised').map(({ failure }) => failure.kind),
  ]).toEqual(['dark', updated, ['bad-input']]);
});

test('closing twice, and while a check runs, ends everything and leaves no folder of parts behind', async () => {
  await using engine = await start();
  const hasParts = () => existsSync(join(engine.folder, 'parts'));
  const whileOpen = hasParts();
  await engine.answers['account/add-sample']({});
  await Promise.all([engine.answers['engine/close']({}), engine.close()]);
  expect([whileOpen, hasParts()]).toEqual([true, false]);
});

test.skipIf(process.platform === 'win32')(
  'everything in the data folder is for its owner alone',
  async () => {
    await using engine = await start();
    await engine.take(letter('One'));
    await engine.answers['preferences/update']({ theme: 'dark' });
    await engine.answers['storage/backup-to']({ path: join(engine.folder, 'whole.tar') });
    await engine.answers['storage/compact']({});
    const names = readdirSync(engine.folder, { recursive: true, encoding: 'utf8' });
    // The message that the test took in lies there too.
    const kinds = ['index.sqlite', 'index.sqlite-wal', 'lock.sqlite', 'settings.json', 'backup', 'mail'];
    expect([
      kinds.filter((name) => !names.includes(name)),
      names.filter(
        (name) => name !== 'taken-0.eml' && (statSync(join(engine.folder, name)).mode & 0o077) !== 0,
      ),
    ]).toEqual([[], []]);
  },
);
