import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingOf } from '../../../electron/engine/indexing/finding.ts';
import { Indexer } from '../../../electron/engine/indexing/indexer.ts';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import type { ParseReply, ParseRequest } from '../../../electron/message/parsing/parse-job.ts';
import { MessageShelf } from '../../../electron/reading/message-shelf.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { Rule } from '../../../shared/rule.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../../store/open-test-store.ts';

/** Reads as a parse worker does. */
async function read(request: ParseRequest): Promise<ParseReply> {
  const source = 'source' in request ? request.source : null;
  if (source === null || source instanceof Uint8Array) throw new Error('not a place');
  try {
    const bytes = readFileSync(source.path).subarray(source.offset, source.offset + source.length);
    return { kind: 'parsed', message: await parseMessage(bytes), body: null };
  } catch {
    return { kind: 'unparsed', reason: 'unreadable-file', detail: source.path };
  }
}

/** An indexer over a store, which hears of what is stored; `indexed` waits until it has done what it can. */
function indexerOf(store: Store, parse: (request: ParseRequest) => Promise<ParseReply>) {
  const troubles: unknown[] = [];
  const indexer = new Indexer({
    store,
    shelf: new MessageShelf(store, { parse }, { parse }, store.folder),
    onIndexed: () => undefined,
    onSilenced: () => undefined,
    onTrouble: (error) => troubles.push(error),
  });
  store.onCommitted((batch) => indexer.noteCommitted(batch));
  return { troubles, indexed: () => indexer.arrivalsIndexed(anna), close: () => indexer.close() };
}

const found = (store: Store, query: string) => store.lists.search(query).rows.map(({ subject }) => subject);

test('what comes as the rest of a message while its beginning is being read is found by its words', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const whole = mail('Long', `${'The beginning. '.repeat(40)}\r\nAt the end a walrus.\r\n`);
  const partly = { bytes: whole.subarray(0, 300), isPartial: true, announcedSizeBytes: whole.length };
  let isFirst = true;
  const { indexed, close, troubles } = indexerOf(store, async (request) => {
    const reply = await read(request);
    if (isFirst) {
      isFirst = false;
      await storeMail(store, [{ uidl: 'u1', bytes: whole }]);
    }
    return reply;
  });
  await storeMail(store, [{ uidl: 'u1', ...partly }]);
  await indexed();
  await close();
  expect([found(store, 'walrus '), store.parsed.coverage(), troubles]).toEqual([
    ['Long'],
    { found: 1, total: 1, outdated: 0 },
    [],
  ]);
});

test('a message that could not be read is found once its bytes have come again', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const one = { uidl: 'u1', bytes: mail('Lost', 'A walrus.\r\n') };
  await storeMail(store, [one]);
  const segment = join(store.folder, 'mail', anna, '000001.tar');
  renameSync(segment, `${segment}.away`);
  const { indexed, close, troubles } = indexerOf(store, read);
  await storeMail(store, [{ uidl: 'u2', bytes: mail('Other') }]);
  await indexed();
  const before = [found(store, 'walrus '), store.parsed.coverage()];
  await storeMail(store, [one]);
  await indexed();
  await close();
  expect([before, found(store, 'walrus '), store.parsed.coverage(), troubles]).toEqual([
    [[], { found: 1, total: 1, outdated: 0 }],
    ['Lost'],
    { found: 2, total: 2, outdated: 0 },
    [],
  ]);
});

const starring = {
  ...{ id: 'r1', name: 'Star', isOn: true, accountId: null },
  conditions: [{ kind: 'subject', contains: 'walrus' }],
  actions: [{ kind: 'star' }],
} as const satisfies Rule;
const starred = (store: Store) =>
  store.lists
    .search('is:starred')
    .rows.map(({ subject }) => subject)
    .sort();

test('rules are carried out at the next start for what the program had no time to look at, and for nothing else', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await storeMail(before, [{ uidl: 'u0', bytes: mail('old walrus') }]);
  await before.rules.save([starring]);
  await storeMail(before, [
    { uidl: 'u1', bytes: mail('walrus unread by the indexer') },
    { uidl: 'u2', bytes: mail('other') },
    { uidl: null, bytes: mail('imported walrus') },
  ]);
  await before.close();
  const after = await openTestStore({ folder });
  const first = indexerOf(after, read);
  await storeMail(after, [{ uidl: 'u3', bytes: mail('new walrus') }]);
  await first.indexed();
  const caughtUp = starred(after);
  const unstar = after.lists.search('is:starred').rows.map(({ id }) => id);
  await after.marks.setStarred({ kind: 'ids', ids: unstar }, false);
  await first.close();
  await after.close();
  const again = await openTestStore({ folder });
  const second = indexerOf(again, read);
  await storeMail(again, [{ uidl: 'u4', bytes: mail('last') }]);
  await second.indexed();
  await second.close();
  expect([caughtUp, starred(again)]).toEqual([['new walrus', 'walrus unread by the indexer'], []]);
});

test('rules are carried out at the next start where the program ended between the words and the rules', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await before.rules.save([starring]);
  const [id] = await storeMail(before, [{ uidl: 'u1', bytes: mail('walrus') }]);
  await before.parsed.set(id as MessageId, findingOf(await parseMessage(mail('walrus'))));
  await before.close();
  const after = await openTestStore({ folder });
  const { indexed, close } = indexerOf(after, read);
  await storeMail(after, [{ uidl: 'u2', bytes: mail('other') }]);
  await indexed();
  await close();
  expect(starred(after)).toEqual(['walrus']);
});

test('rules that were taken away before the next start leave nothing to be done at those after it', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await before.rules.save([starring]);
  const [id] = await storeMail(before, [{ uidl: 'u1', bytes: mail('walrus') }]);
  await before.rules.save([]);
  const { indexed, close } = indexerOf(before, read);
  await storeMail(before, [{ uidl: 'u2', bytes: mail('other') }]);
  await indexed();
  await close();
  expect([...before.rulesDue.among([id as MessageId])]).toEqual([]);
});

test('an index made anew from the segments carries out no rule again', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await before.rules.save([starring]);
  const ids = await storeMail(before, [{ uidl: 'u1', bytes: mail('walrus') }]);
  await before.rulesDue.done(ids as MessageId[]);
  await before.upkeep.backUp();
  await before.close();
  const after = await openTestStore({ folder, rebuild: true });
  const { indexed, close } = indexerOf(after, read);
  await storeMail(after, [{ uidl: 'u2', bytes: mail('other') }]);
  await indexed();
  await close();
  expect([after.rules.all().length, starred(after)]).toEqual([1, []]);
});

test('rules that were due when the index was lost are carried out after it has been made anew', async () => {
  const folder = newFolder();
  const before = await openTestStore({ folder });
  await before.rules.save([starring]);
  await storeMail(before, [{ uidl: 'u1', bytes: mail('walrus') }]);
  await before.close();
  const after = await openTestStore({ folder, rebuild: true });
  const { indexed, close } = indexerOf(after, read);
  await storeMail(after, [{ uidl: 'u2', bytes: mail('other') }]);
  await indexed();
  await close();
  expect(starred(after)).toEqual(['walrus']);
});
