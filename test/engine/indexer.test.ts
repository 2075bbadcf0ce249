import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Indexer } from '../../electron/engine/indexer.ts';
import { MessageShelf } from '../../electron/engine/message-shelf.ts';
import { parseMessage } from '../../electron/message/parse.ts';
import type { ParseReply, ParseRequest } from '../../electron/message/parse-job.ts';
import type { Store } from '../../electron/store/store.ts';
import { anna, mail, newFolder, openTestStore, storeMail } from '../store/open-test-store.ts';

/** Reads as a parse thread does. */
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

const found = (store: Store, query: string) => store.search(query).rows.map(({ subject }) => subject);

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
  expect([found(store, 'walrus '), store.searchCoverage(), troubles]).toEqual([
    ['Long'],
    { found: 1, total: 1 },
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
  const before = [found(store, 'walrus '), store.searchCoverage()];
  await storeMail(store, [one]);
  await indexed();
  await close();
  expect([before, found(store, 'walrus '), store.searchCoverage(), troubles]).toEqual([
    [[], { found: 1, total: 1 }],
    ['Lost'],
    { found: 2, total: 2 },
    [],
  ]);
});
