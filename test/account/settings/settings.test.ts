import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AccountChoices, openSettings } from '../../../electron/account/settings/settings.ts';
import type { ServerSettings } from '../../../shared/account.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { defaultPreferences } from '../../../shared/preferences.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const server: ServerSettings = {
  host: 'pop.example.org',
  port: 995,
  security: 'tls',
  user: 'ada',
  mechanism: 'auto',
  plaintextConsent: false,
};
const choices: AccountChoices = { address: 'ada@example.org', server };
const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

async function addedTo(folder: string, more: Partial<AccountChoices> = {}) {
  const settings = await openSettings(folder, now);
  const added = await settings.addAccount({ ...choices, ...more });
  if (!added.ok) throw new Error(added.failure.kind);
  return { settings, account: added.value };
}

describe('settings', () => {
  test('start empty, with the defaults and nothing on disk', async () => {
    const folder = await temporaryFolder();
    const settings = await openSettings(folder, now);
    expect({
      accounts: settings.accounts(),
      preferences: settings.preferences(),
      notice: settings.notice(),
      files: await readdir(folder),
    }).toEqual({ accounts: [], preferences: defaultPreferences, notice: null, files: [] });
  });

  test('give a new account careful defaults, and are the same when opened again', async () => {
    const folder = join(await temporaryFolder(), 'made', 'when-missing');
    const { account } = await addedTo(folder, { name: '  ' });
    const again = await openSettings(folder, now);
    const { id, ...rest } = account;
    expect({
      rest,
      isId: /^[0-9a-f]{16}$/.test(id),
      again: again.accounts(),
      found: again.account(id),
    }).toEqual({
      rest: {
        name: 'ada@example.org',
        address: 'ada@example.org',
        server,
        retention: { kind: 'remove-after-days', days: 14 },
        checkEveryMinutes: 10,
        checkAtStart: true,
        partialAboveBytes: 0,
        deleteOnServerWhenDeletedHere: false,
        isSample: false,
      },
      isId: true,
      again: [account],
      found: account,
    });
  });

  test('change and remove accounts, and say when there is none', async () => {
    const folder = await temporaryFolder();
    const { settings, account } = await addedTo(folder);
    const other = await settings.addAccount({ ...choices, name: 'Other' });
    const changed = await settings.updateAccount(account.id, {
      name: 'Ada',
      server: { ...server, pinnedKeySha256: 'a'.repeat(64) },
    });
    const missing = await settings.updateAccount('0123456789abcdef' as AccountId, { name: 'x' });
    const wrong = await settings.updateAccount(account.id, { checkEveryMinutes: -1 });
    const removed = other.ok ? await settings.removeAccount(other.value.id) : other;
    const removedTwice = other.ok ? await settings.removeAccount(other.value.id) : other;
    const expected = { ...account, name: 'Ada', server: { ...server, pinnedKeySha256: 'a'.repeat(64) } };
    expect({
      changed,
      missing: missing.ok || missing.failure.kind,
      wrong: wrong.ok || wrong.failure.kind,
      removed,
      removedTwice: removedTwice.ok || removedTwice.failure.kind,
      again: (await openSettings(folder, now)).accounts(),
    }).toEqual({
      changed: { ok: true, value: expected },
      missing: 'not-found',
      wrong: 'bad-input',
      removed: { ok: true, value: null },
      removedTwice: 'not-found',
      again: [expected],
    });
  });

  test('keep every one of many changes made at once', async () => {
    const folder = await temporaryFolder();
    const settings = await openSettings(folder, now);
    await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => settings.addAccount({ ...choices, name: `n${index}` })),
      settings.updatePreferences({ theme: 'dark' }),
      settings.updatePreferences({ quietHours: { from: 22, to: 7 } }),
      settings.saveSection('tags', [{ name: 'Home', color: 'red' }]),
    ]);
    const again = await openSettings(folder, now);
    expect({
      names: again.accounts().map(({ name }) => name),
      preferences: again.preferences(),
      tags: again.section('tags'),
      files: await readdir(folder),
    }).toEqual({
      names: Array.from({ length: 20 }, (_, index) => `n${index}`),
      preferences: { ...defaultPreferences, theme: 'dark', quietHours: { from: 22, to: 7 } },
      tags: [{ name: 'Home', color: 'red' }],
      files: ['settings.json'],
    });
  });

  test('can be read by their owner only, also after a crash left a half-written file', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'settings.json.new'), '{"ver', { mode: 0o666 });
    await addedTo(folder);
    const { mode } = await stat(join(folder, 'settings.json'));
    expect([mode & 0o777, await readdir(folder)]).toEqual([0o600, ['settings.json']]);
  });

  test('keep a file aside that is cut in the middle, and say so', async () => {
    const folder = await temporaryFolder();
    const { account } = await addedTo(folder);
    const whole = await readFile(join(folder, 'settings.json'), 'utf8');
    await writeFile(join(folder, 'settings.json'), whole.slice(0, -20));
    const settings = await openSettings(folder, now);
    await settings.updatePreferences({ language: 'ru' });
    const keptAs = join(folder, 'settings.broken-2026-01-02T03-04-05.000Z.json');
    expect({
      accounts: settings.accounts(),
      notice: settings.notice(),
      kept: (await readFile(keptAs, 'utf8')).includes(account.id),
      nextTime: (await openSettings(folder, now)).notice(),
    }).toEqual({
      accounts: [],
      notice: { kind: 'unreadable', keptAs, leftOut: [] },
      kept: true,
      nextTime: null,
    });
  });

  test('know a preference by the name that it had in earlier files', async () => {
    const folder = await temporaryFolder();
    const written = { version: 1, accounts: [], preferences: { theme: 'dark', isThreaded: true } };
    await writeFile(join(folder, 'settings.json'), JSON.stringify(written));
    const settings = await openSettings(folder, now);
    expect([settings.preferences().groupsByConversation, settings.notice()]).toEqual([true, null]);
  });

  test('use what is right in a file of which something is wrong, and name what is not', async () => {
    const folder = await temporaryFolder();
    const { account } = await addedTo(folder);
    const raw = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
    raw.accounts.push({ ...account, id: 'nonsense' }, { ...account });
    raw.preferences = { ...raw.preferences, theme: 'plaid', textScale: 1.5 };
    await writeFile(join(folder, 'settings.json'), JSON.stringify(raw));
    const settings = await openSettings(folder, now);
    expect({
      accounts: settings.accounts(),
      preferences: settings.preferences(),
      kind: settings.notice()?.kind,
      leftOut: settings.notice()?.leftOut,
    }).toEqual({
      accounts: [account],
      preferences: { ...defaultPreferences, textScale: 1.5 },
      kind: 'partly',
      leftOut: ['accounts[1]', 'accounts[2]', 'preferences.theme'],
    });
  });

  test('keep what a later version wrote, with a copy of its file', async () => {
    const folder = await temporaryFolder();
    const { account } = await addedTo(folder);
    const raw = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
    await writeFile(
      join(folder, 'settings.json'),
      JSON.stringify({ ...raw, version: 7, telepathy: { on: true } }),
    );
    const settings = await openSettings(folder, now);
    await settings.updatePreferences({ theme: 'light' });
    const written = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
    expect([
      settings.notice()?.kind,
      settings.accounts(),
      written.telepathy,
      (await readdir(folder)).length,
    ]).toEqual(['newer', [account], { on: true }, 2]);
  });

  test('change nothing when the disk refuses', async () => {
    const folder = await temporaryFolder();
    const { settings, account } = await addedTo(folder);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder was');
    const refused = await settings.removeAccount(account.id);
    await rm(folder);
    await mkdir(folder);
    const retried = await settings.updateAccount(account.id, { name: 'Still here' });
    expect([refused.ok || refused.failure.kind, retried.ok && retried.value.name]).toEqual([
      'folder-read-only',
      'Still here',
    ]);
  });

  test('refuse preferences and sections that are not what they should be', async () => {
    const settings = await openSettings(await temporaryFolder(), now);
    const preference = await settings.updatePreferences({ textScale: 9 });
    const section = await settings.saveSection('accounts', []);
    expect([preference, section, settings.preferences()]).toEqual([
      {
        ok: false,
        failure: {
          kind: 'bad-input',
          field: 'preferences.textScale',
          what: 'not a value of this preference',
          canRetry: false,
        },
      },
      {
        ok: false,
        failure: { kind: 'bad-input', field: 'section', what: 'accounts is not a section', canRetry: false },
      },
      defaultPreferences,
    ]);
  });
});
