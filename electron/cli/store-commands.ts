import type { MessageId } from '../../shared/ids.ts';
import type { SearchAdvice } from '../../shared/search/advice.ts';
import { parseSearch } from '../../shared/search/parse-search.ts';
import { type ExportFormat, exportMail } from '../mailbox/moving/export-mail.ts';
import { forIndex } from '../message/parsing/for-index.ts';
import { inspectMessage } from '../message/parsing/inspect.ts';
import { parseMessage } from '../message/parsing/parse.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import { exitDone } from './exit-codes.ts';
import { folderPathText } from './folders.ts';
import { openExisting, storeFlag } from './open-store.ts';
import { isGiven, mustHave, numberOf, textOf, UsageError } from './options.ts';
import { CommandFailure, orThrow } from './output.ts';

/** Parses the messages that are not parsed yet, so that a search finds them. */
async function indexAll(store: Store): Promise<void> {
  for (let ids = store.parsed.unparsed(64); ids.length > 0; ids = store.parsed.unparsed(64)) {
    const findings: Parameters<Store['parsed']['setMany']>[0][number][] = [];
    for (const id of ids) {
      const bytes = await store.messages.read(id);
      // Damaged messages are not offered again until they are repaired.
      if (!bytes.ok && bytes.failure.kind === 'store-damaged') continue;
      if (!bytes.ok) throw new CommandFailure(bytes.failure);
      const message = await forIndex(await parseMessage(bytes.value));
      const { indexText, from, ...rest } = message;
      const sender = from[0] ?? { name: '', address: '' };
      findings.push({ id, parsed: { ...rest, from: sender, text: indexText } });
    }
    await store.parsed.setMany(findings);
    while (store.words.areScattered && (await store.words.merge()).value);
  }
  while ((await store.words.merge()).value);
}

function adviceText(advice: SearchAdvice): string {
  if (advice.kind === 'layout') return `${advice.typed} was looked for as ${advice.used}`;
  if (advice.kind === 'left-out') return `${advice.total} more in ${advice.folder}: ${advice.query}`;
  return `did you mean ${advice.query} (${advice.total})?`;
}

/** `search`: searches everything in a store. */
export const searchCommand: Command = {
  name: 'search',
  usage: '--store DIR QUERY',
  summary:
    'find messages in a store; words, "phrases", OR, NOT, brackets, from: subject: has:pdf after:yesterday is:unread …',
  flags: { ...storeFlag, limit: { type: 'string', help: 'most rows; 50' } },
  async run(given, print) {
    const query = given.positionals.join(' ');
    if (query === '') throw new UsageError('a QUERY is needed');
    const limit = numberOf(textOf(given, 'limit') ?? '50', 'limit', 1, 100_000);
    await using store = await openExisting(given);
    await indexAll(store);
    for (const { typed, nearest } of parseSearch(query).notes)
      print.line(
        { note: typed, nearest },
        `${typed} is not known${nearest === null ? '' : `; try ${nearest}`}`,
      );
    await store.lists.prepareSearch();
    const page = store.lists.search(query, { limit });
    for (const row of page.rows) {
      const date = new Date(row.sentAt ?? row.receivedAt).toISOString();
      print.line(row, `${row.id}  ${date}  ${row.from.address}  ${row.subject}`);
    }
    for (const advice of await store.lists.advice(query)) print.line({ advice }, adviceText(advice));
    if (!print.isJson) print.line({}, `${page.total} found`);
    return exitDone;
  },
};

/** `show`: shows one message of a store. */
export const showCommand: Command = {
  name: 'show',
  usage: '--store DIR ID [--raw]',
  summary: 'show one message of a store as the reader would, or its exact bytes',
  flags: { ...storeFlag, raw: { type: 'boolean', help: 'the exact bytes' } },
  async run(given, print) {
    const [text = ''] = given.positionals;
    if (!/^[1-9]\d{0,14}$/.test(text))
      throw new UsageError('the ID of a message is needed, as search tells it');
    const id = Number(text) as MessageId;
    await using store = await openExisting(given);
    const bytes = orThrow(await store.messages.read(id));
    const marks = marksOf(store, id);
    if (isGiven(given, 'raw')) {
      process.stdout.write(bytes);
      return exitDone;
    }
    const inspection = await inspectMessage(bytes);
    const from = inspection.from.map((mailbox) => mailbox.address).join(', ');
    print.line(
      { id, ...marks, ...inspection },
      `Subject: ${inspection.subject}\nFrom: ${from}\nDate: ${inspection.date ?? 'unknown'}\n\n${inspection.text ?? inspection.html ?? ''}`,
    );
    return exitDone;
  },
};

/** The folder of a message and what a person set on it. */
function marksOf(store: Store, id: MessageId): object {
  const message = store.messages.find(id);
  if (message === null) return {};
  const { isRead, isStarred, isReplied, isForwarded, tags } = message;
  const folder = folderPathText(store, message.accountId, message.folder);
  return { folder, isRead, isStarred, isReplied, isForwarded, tags };
}

const isExportFormat = (text: string): text is ExportFormat =>
  ['mbox', 'eml', 'tar', 'maildir'].includes(text);

/** `export`: writes all messages in a form that other programs read. */
export const exportCommand: Command = {
  name: 'export',
  usage: '--store DIR --format mbox|eml|tar|maildir OUT [--without-trash] [--force]',
  summary:
    'write all messages, the Trash too, to an mbox or tar file, or into a folder as .eml files or Maildirs',
  flags: {
    ...storeFlag,
    format: { type: 'string', help: 'mbox, eml, tar or maildir' },
    'without-trash': { type: 'boolean', help: 'leave out what is in the Trash' },
    force: { type: 'boolean', help: 'replace OUT if it exists, or write into a folder that is not empty' },
  },
  async run(given, print) {
    const format = mustHave(given, 'format');
    const [path, ...others] = given.positionals;
    if (!isExportFormat(format)) throw new UsageError('--format is mbox, eml, tar or maildir');
    if (path === undefined || others.length > 0) throw new UsageError('one OUT is needed');
    await using store = await openExisting(given);
    const exported = orThrow(
      await exportMail(store, {
        format,
        path,
        accountId: null,
        withoutTrash: isGiven(given, 'without-trash'),
        overwrites: isGiven(given, 'force'),
      }),
    );
    print.line(exported, `${exported.count} messages written to ${exported.path}`);
    return exitDone;
  },
};

/** `verify`: reads every record again. */
export const verifyCommand: Command = {
  name: 'verify',
  usage: '--store DIR',
  summary: 'read every record again and compare its hash; name what is damaged',
  flags: storeFlag,
  async run(given, print) {
    await using store = await openExisting(given);
    const { checked, damaged } = await store.upkeep.verify();
    for (const one of damaged)
      print.line({ damaged: one }, `${one.kind}: ${one.path} at ${one.offset} ${one.subject ?? ''}`);
    print.line(
      { checked, damagedCount: damaged.length },
      `${checked} records checked, ${damaged.length} damaged`,
    );
    if (damaged.length > 0)
      throw new CommandFailure({ kind: 'store-damaged', what: `${damaged.length} records`, canRetry: false });
    return exitDone;
  },
};

/** `rebuild`: makes the index anew from the segments. */
export const rebuildCommand: Command = {
  name: 'rebuild',
  usage: '--store DIR',
  summary: 'make the index anew from the segments and the newest backup of the marks',
  flags: storeFlag,
  async run(given, print) {
    await using store = await openExisting(given, { rebuild: true });
    await indexAll(store);
    const messages = store.notice?.messages ?? 0;
    print.line({ messages }, `${messages} messages restored`);
    return exitDone;
  },
};
