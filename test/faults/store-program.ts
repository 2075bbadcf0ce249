// A process of its own for what the command line has no command for. Takes one question as JSON, prints JSON lines.
import { accountFor } from '../../electron/cli/fetch.ts';
import { checkMail } from '../../electron/mailbox/checking/check-mail.ts';
import { MaildropLocks } from '../../electron/mailbox/maildrop/maildrop-locks.ts';
import { SignInTimes } from '../../electron/mailbox/maildrop/sign-in-times.ts';
import { restoreBackup, resumeRestoring } from '../../electron/mailbox/moving/restore-backup.ts';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import { ok } from '../../shared/result.ts';
import { fingerprint } from './contents.ts';

/** What the program can be asked to do in the store at `folder`. */
export type Question =
  /** One check of Anna's maildrop, which is removed on the server after so many days. */
  | { readonly do: 'check'; readonly folder: string; readonly port: number; readonly days: number }
  /** Deletes messages for good, a few at a time with a compaction each, and names each batch when it is done. */
  | { readonly do: 'delete-and-compact'; readonly folder: string; readonly atOnce: number }
  /** Goes on with what was being restored, then restores a backup. */
  | { readonly do: 'restore'; readonly folder: string; readonly path: string };

function say(object: object): void {
  process.stdout.write(`${JSON.stringify(object)}\n`);
}

async function check(store: Store, port: number, days: number): Promise<void> {
  const account = accountFor({
    host: '127.0.0.1',
    port,
    security: 'none',
    plaintextConsent: true,
    user: 'anna',
    password: 'secret',
    mechanism: 'auto',
    extraAuthorities: [],
    logFile: undefined,
  });
  const record = await checkMail(
    {
      store,
      vault: { get: async () => ok('secret') },
      locks: new MaildropLocks(),
      signIns: new SignInTimes({ store, now: Date.now }),
      extraAuthorities: [],
      now: Date.now,
    },
    { ...account, retention: { kind: 'remove-after-days', days } },
    { signal: new AbortController().signal, rules: [], onProgress: () => undefined },
  );
  say({ ...record, year: new Date().getFullYear() });
}

async function deleteAndCompact(store: Store, atOnce: number): Promise<void> {
  say({ ready: true });
  for (;;) {
    const inbox = store.lists.ids({ place: { kind: 'folder', accountId: null, folder: 'inbox' } });
    // From the old end and the new end by turns, so that a batch lies in more than one segment.
    const ids = inbox.filter((_, index) => index < atOnce - 1 || index === inbox.length - 1);
    if (inbox.length <= atOnce) return;
    const names: string[] = [];
    for (const id of ids) {
      const bytes = await store.messages.read(id);
      if (bytes.ok) names.push(fingerprint(bytes.value));
    }
    await store.marks.moveTo({ kind: 'ids', ids }, 'trash');
    await store.trash.empty(null);
    say({ deleted: names });
    await store.upkeep.compact(null);
  }
}

async function restore(store: Store, path: string): Promise<void> {
  say({ ready: true });
  const resumed = await resumeRestoring(store, { accounts: [], signal: new AbortController().signal });
  const restored = await restoreBackup(store, { path, accounts: [], onProgress: () => undefined });
  say({ resumed, restored });
}

const question = JSON.parse(process.argv[2] ?? '') as Question;
const opened = await openStore({
  folder: question.folder,
  summarise: summariseHeaders,
  // Small, so that there is more than one to compact.
  sealAtBytes: 100_000,
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
await using store = opened.value;
if (question.do === 'check') await check(store, question.port, question.days);
else if (question.do === 'restore') await restore(store, question.path);
else await deleteAndCompact(store, question.atOnce);
