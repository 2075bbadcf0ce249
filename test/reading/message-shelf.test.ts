import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import type { ParseReply, ParseRequest } from '../../electron/message/parsing/parse-job.ts';
import { MessageShelf } from '../../electron/reading/message-shelf.ts';
import type { MessageId } from '../../shared/ids.ts';
import { letter } from '../engine/running-engine.ts';
import { id as account, freshStore } from '../mailbox/maildrop-fixture.ts';
import { importPaths } from '../mailbox/moving/import-paths.ts';

test('a message that a compaction moves while it is being asked for is read where it is now', async () => {
  await using fresh = await freshStore();
  const { store } = fresh;
  const paths = ['one', 'two'].map((name) => join(store.folder, `${name}.eml`));
  for (const path of paths) writeFileSync(path, letter(path.endsWith('one.eml') ? 'One' : 'Two'));
  await importPaths(store, account, paths);
  const [gone, kept] = [...store.parsed.unparsed(9)].sort((a, b) => a - b) as [MessageId, MessageId];
  const places: string[] = [];
  /** Reads as a parse worker does, but a compaction comes first when it is asked for the first time. */
  const parse = async (request: ParseRequest): Promise<ParseReply> => {
    const source = 'source' in request ? request.source : null;
    if (source === null || source instanceof Uint8Array) throw new Error('not a place');
    if (places.length === 0) {
      await store.trash.deleteForever([gone]);
      await store.upkeep.compact(account);
    }
    places.push(source.path);
    try {
      const bytes = readFileSync(source.path).subarray(source.offset, source.offset + source.length);
      return { kind: 'unparsed', reason: 'failed', detail: /Subject: .*/.exec(bytes.toString())?.[0] ?? '' };
    } catch {
      return { kind: 'unparsed', reason: 'unreadable-file', detail: source.path };
    }
  };
  const shelf = new MessageShelf(store, { parse }, { parse }, store.folder);
  const reply = await shelf.parse(kept, { job: 'index' });
  expect([reply, new Set(places).size]).toEqual([
    { kind: 'unparsed', reason: 'failed', detail: 'Subject: Two' },
    2,
  ]);
});
