import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ParseReply } from '../../electron/message/parsing/parse-job.ts';
import { saveMessage } from '../../electron/reading/message-file.ts';
import { MessageShelf } from '../../electron/reading/message-shelf.ts';
import { viewMessage } from '../../electron/reading/message-view.ts';
import { putPrintable } from '../../electron/reading/printable-page.ts';
import { RemotePictures } from '../../electron/reading/remote-pictures.ts';
import { ShownPages } from '../../electron/reading/shown-pages.ts';
import type { MessageId } from '../../shared/ids.ts';
import { id as account, freshStore } from '../mailbox/maildrop-fixture.ts';
import { importPaths } from '../mailbox/moving/import-paths.ts';

const bytes = [
  'From: Eve <eve@example.net>',
  'To: Anna <anna@example.org>',
  'Subject: Too much',
  'Date: Fri, 2 Jan 2026 10:00:00 +0000',
  '',
  'the body <b>as it came</b>',
  '',
].join('\r\n');

/** A parse worker that dies of every message. */
const parse = async (): Promise<ParseReply> => ({ kind: 'unparsed', reason: 'out-of-memory', detail: '' });

test.each(['stored', 'a file'])(
  'a message that is %s keeps its head where its body is given up',
  async (where) => {
    await using fresh = await freshStore();
    const { store } = fresh;
    const path = join(store.folder, 'one.eml');
    writeFileSync(path, bytes);
    const shelf = new MessageShelf(store, { parse }, { parse }, store.folder);
    const pages = new ShownPages();
    const tools = { store, shelf, pages, remotePictures: new RemotePictures(store, []) };
    const id = await (async (): Promise<MessageId> => {
      await importPaths(store, account, [path]);
      const [stored] = store.parsed.unparsed(1);
      const file = await shelf.addFile(path);
      if (!file.ok || stored === undefined) throw new Error('not there');
      return where === 'stored' ? stored : file.value;
    })();
    const shown = await viewMessage(tools, id, { format: 'auto', isDark: false, allowRemoteOnce: false });
    const printed = await putPrintable(tools, id, { format: 'auto', allowRemoteOnce: false });
    const saved = async (as: 'html' | 'txt') => {
      const to = join(store.folder, `saved.${as}`);
      const outcome = await saveMessage(tools, { id, as, path: to });
      return outcome.ok ? readFileSync(to, 'utf8') : outcome.failure.kind;
    };
    const page = printed.ok ? (pages.find(printed.value.token)?.html ?? '') : '';
    const says = (text: string, ...words: string[]) => words.filter((word) => !text.includes(word));
    const head = ['Too much', 'Eve &lt;eve@example.net&gt;', 'Fri, 02 Jan 2026 10:00:00 GMT'];
    const body = 'the body &lt;b&gt;as it came&lt;/b&gt;';
    expect({
      shown: shown.ok && [shown.value.summary.subject, shown.value.from, shown.value.shows],
      title: printed.ok && printed.value.title,
      printed: says(page, ...head, body, '<header>'),
      html: says(await saved('html'), ...head, body, '<header>'),
      text: says(await saved('txt'), 'Too much\nEve <eve@example.net>\n', 'the body <b>as it came</b>'),
    }).toEqual({
      shown: ['Too much', [{ name: 'Eve', address: 'eve@example.net' }], 'source'],
      title: 'Too much',
      printed: [],
      html: [],
      text: [],
    });
  },
);
