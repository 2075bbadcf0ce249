import { describe, expect, test } from 'vitest';
import {
  folderLines,
  folderTargets,
  foundTargets,
  mailTargets,
  withRecent,
} from '../../renderer/mailbox/folders/folder-tree.ts';
import type { FolderId, OwnFolder } from '../../shared/folder.ts';
import type { AccountId } from '../../shared/ids.ts';

const home = 'aaaaaaaaaaaaaaaa' as AccountId;
const work = 'bbbbbbbbbbbbbbbb' as AccountId;
const id = (name: string) => name.padStart(16, '0') as FolderId;
const folder = (name: string, parent: string | null, accountId = home): OwnFolder => ({
  id: id(name),
  accountId,
  parentId: parent === null ? null : id(parent),
  name,
  isFavourite: false,
});
/** Children follow their parent. */
const tree = [
  folder('Archive 2019', null),
  folder('Семья', null),
  folder('Été', 'Семья'),
  folder('deep', 'Été'),
  folder('other', null, work),
];

describe('the tree of folders', () => {
  test('shows the folders of one mailbox, without those inside folded ones', () => {
    const shown = (folded: readonly string[]) =>
      folderLines(tree, home, folded).map(({ folder: { name }, depth, hasChildren }) => [
        name,
        depth,
        hasChildren,
      ]);
    expect(shown([])).toEqual([
      ['Archive 2019', 0, false],
      ['Семья', 0, true],
      ['Été', 1, true],
      ['deep', 2, false],
    ]);
    expect(shown([id('Семья')])).toEqual([
      ['Archive 2019', 0, false],
      ['Семья', 0, true],
    ]);
  });

  test('offers no folder a place inside itself, in another mailbox or where it is', () => {
    const [, family, summer] = tree;
    if (family === undefined || summer === undefined) throw new Error('the tree has these folders');
    expect(folderTargets(tree, family, 'Top').map(({ path }) => path)).toEqual(['Archive 2019']);
    expect(folderTargets(tree, summer, 'Top').map(({ path }) => path)).toEqual(['Top', 'Archive 2019']);
  });
});

describe('finding a folder by typing', () => {
  const targets = mailTargets(tree, home, (role) => role);
  const found = (typed: string, recent: readonly string[] = []) =>
    foundTargets(targets, typed, recent).map(({ path }) => path);

  test('offers all at first, those used lately before the others', () => {
    const all = [
      'inbox',
      'archive',
      'junk',
      'trash',
      'Archive 2019',
      'Семья',
      'Семья / Été',
      'Семья / Été / deep',
    ];
    expect(found('')).toEqual(all);
    expect(found('', [id('Été'), 'junk']).slice(0, 3)).toEqual(['Семья / Été', 'junk', 'inbox']);
  });

  test('takes words in any order, without accents and in any case, names that begin so first', () => {
    expect(found('ete')).toEqual(['Семья / Été', 'Семья / Été / deep']);
    expect(found('deep семья')).toEqual(['Семья / Été / deep']);
    expect(found('arch')).toEqual(['archive', 'Archive 2019']);
    expect(found('nowhere')).toEqual([]);
  });

  test('remembers eight folders, each once', () => {
    const ten = Array.from({ length: 10 }, (_, at) => id(`f${at}`));
    expect(ten.reduce(withRecent, [] as readonly string[])).toEqual(ten.slice(2).reverse());
    expect(withRecent(['inbox', 'junk'], 'junk')).toEqual(['junk', 'inbox']);
  });
});
