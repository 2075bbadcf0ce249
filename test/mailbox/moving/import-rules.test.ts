import { expect, test } from 'vitest';
import { FolderPlaces } from '../../../electron/mailbox/moving/folder-places.ts';
import { maildropId } from '../../../electron/mailbox/moving/foreign-mail-at.ts';
import { importRules } from '../../../electron/mailbox/moving/import-rules.ts';
import type {
  ForeignFilter,
  ForeignFolder,
} from '../../../electron/other-programs/found-mail/foreign-mail.ts';
import { onThisComputer } from '../../../shared/folder.ts';
import { newFolder, openTestStore } from '../../store/open-test-store.ts';

const vera = maildropId({ user: 'vera', host: 'pop.example.org' });
const work: ForeignFolder = { accountKey: 'vera', path: ['Work', '2019'], role: null };
const local: ForeignFolder = { accountKey: null, path: ['Old'], role: null };

const filter = (name: string, part: Partial<ForeignFilter>): ForeignFilter => ({
  accountKey: 'vera',
  name,
  isEnabled: true,
  rules: [],
  notTaken: [],
  ...part,
});
const subject = { kind: 'subject', contains: 'x' } as const;

test('rules come once, work where nothing of them is missing, and file into folders of their own mailbox', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const target = {
    store,
    places: new FolderPlaces(store),
    mailboxOf: (folder: ForeignFolder | null) => (folder?.accountKey === 'vera' ? vera : onThisComputer),
    accountOf: (key: string | null) => (key === 'vera' ? vera : null),
    isPlan: false,
  };
  const filters = [
    filter('whole', {
      rules: [{ conditions: [subject], actions: [{ kind: 'move', folder: work }, { kind: 'mark-read' }] }],
      notTaken: ['Stop execution'],
    }),
    filter('part', {
      rules: [{ conditions: [subject], actions: [{ kind: 'star' }] }],
      notTaken: ['body contains y'],
    }),
    filter('elsewhere', { rules: [{ conditions: [subject], actions: [{ kind: 'move', folder: local }] }] }),
    filter('archived', {
      accountKey: null,
      rules: [
        {
          conditions: [subject],
          actions: [{ kind: 'move', folder: { ...local, path: ['Archive'], role: 'archive' } }],
        },
      ],
    }),
  ];
  const reports = await importRules(target, filters);
  const [first, ...others] = store.rules.all();
  await store.rules.save([{ ...(first ?? fail()), isOn: false }, ...others]);
  await importRules(target, filters);
  const [folder] = store.folders.all(vera).filter(({ name }) => name === '2019');
  expect(store.rules.all().map(({ id: _, ...rule }) => rule)).toEqual([
    {
      name: 'whole',
      isOn: false,
      accountId: vera,
      conditions: [subject],
      actions: [{ kind: 'move', folder: folder?.id }, { kind: 'mark-read' }],
    },
    { name: 'part', isOn: false, accountId: vera, conditions: [subject], actions: [{ kind: 'star' }] },
    {
      name: 'archived',
      isOn: true,
      accountId: onThisComputer,
      conditions: [subject],
      actions: [{ kind: 'archive' }],
    },
  ]);
  expect(reports).toEqual([
    { name: 'whole', isTaken: true, isOn: true, notTaken: ['Stop execution'] },
    { name: 'part', isTaken: true, isOn: false, notTaken: ['body contains y'] },
    { name: 'elsewhere', isTaken: false, isOn: false, notTaken: ['move to Old'] },
    { name: 'archived', isTaken: true, isOn: true, notTaken: [] },
  ]);
});

function fail(): never {
  throw new Error('no rule came');
}
