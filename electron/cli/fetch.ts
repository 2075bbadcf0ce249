import type { Account } from '../../shared/account.ts';
import { accountDefaults } from '../../shared/account.ts';
import { ok } from '../../shared/result.ts';
import type { UnfetchedMessage } from '../../shared/unfetched-message.ts';
import { checkMail } from '../mailbox/checking/check-mail.ts';
import { MaildropLocks } from '../mailbox/maildrop/maildrop-locks.ts';
import { SignInTimes } from '../mailbox/maildrop/sign-in-times.ts';
import { maildropId } from '../mailbox/moving/foreign-mail-at.ts';
import { summariseHeaders } from '../message/headers/header-summary.ts';
import { Transcript } from '../pop3/connection/transcript.ts';
import { openStore } from '../store/store.ts';
import type { Command } from './command.ts';
import { exitCodeOf, exitDone, exitPartly } from './exit-codes.ts';
import {
  isGiven,
  mustHave,
  numberOf,
  type ServerOptions,
  serverFlags,
  serverOptions,
  textOf,
  UsageError,
} from './options.ts';
import { orThrow, writeLog } from './output.ts';

/** The account of a maildrop in a store at the command line. The same user at the same host is the same account. */
export function accountFor(server: ServerOptions): Account {
  const { host, port, security, user, mechanism, plaintextConsent } = server;
  return {
    id: maildropId(server),
    name: user,
    address: user,
    server: { host, port, security, user, mechanism, plaintextConsent },
    ...accountDefaults,
    isSample: false,
    retention: { kind: 'keep' },
    checkEveryMinutes: 0,
    checkAtStart: false,
  };
}

function unfetchedWords({ key, reason, sessions, sizeBytes, subject, from }: UnfetchedMessage): string {
  const about = subject === '' && from === '' ? '' : ` "${subject}" from ${from},`;
  return `\nnot fetched: ${key},${about} ${sizeBytes} bytes: ${reason} in ${sessions} sessions`;
}

/** `fetch`: one check of one maildrop into a store. */
export const fetchCommand: Command = {
  name: 'fetch',
  usage: '--host H --user U --password-file F --store DIR [--keep|--delete]',
  summary: 'download what is new into a store, and keep or delete it on the server',
  flags: {
    ...serverFlags,
    store: { type: 'string', help: 'folder of the store; made when missing' },
    keep: { type: 'boolean', help: 'leave everything on the server (default)' },
    delete: { type: 'boolean', help: 'delete on the server what has been stored' },
    'limit-kb': { type: 'string', help: 'of larger messages fetch only headers and first lines' },
  },
  async run(given, print) {
    const server = serverOptions(given);
    if (isGiven(given, 'keep') && isGiven(given, 'delete'))
      throw new UsageError('--keep and --delete exclude each other');
    const limit = textOf(given, 'limit-kb');
    const account: Account = {
      ...accountFor(server),
      retention: isGiven(given, 'delete') ? { kind: 'remove-when-stored' } : { kind: 'keep' },
      partialAboveBytes: limit === undefined ? 0 : numberOf(limit, 'limit-kb', 1, 100_000_000) * 1024,
    };
    await using store = orThrow(
      await openStore({ folder: mustHave(given, 'store'), summarise: summariseHeaders }),
    );
    const transcript = new Transcript();
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const started = performance.now();
    const record = await checkMail(
      {
        store,
        vault: { get: async () => ok(server.password) },
        locks: new MaildropLocks(),
        signIns: new SignInTimes({ store, now: Date.now }),
        extraAuthorities: server.extraAuthorities,
        now: Date.now,
      },
      account,
      { signal: cancel.signal, rules: [], transcript, onProgress: () => undefined },
    );
    const seconds = Number(((performance.now() - started) / 1000).toFixed(3));
    const isLogged = writeLog(server.logFile, transcript, print);
    const { stored, storedBytes, deletedOnServer, skipped, onServer, outcome, failure } = record;
    const unfetched = store.unfetched.of(account.id);
    print.line(
      { onServer, stored, storedBytes, deletedOnServer, skipped, seconds, outcome, failure, unfetched },
      `${onServer} on the server, ${stored} stored (${storedBytes} bytes), ${deletedOnServer} deleted there, ${skipped} skipped, ${seconds} s${unfetched.map(unfetchedWords).join('')}`,
    );
    if (failure !== null && !print.isJson) print.failure(failure);
    if (outcome === 'stopped') return exitCodeOf('cancelled');
    if (failure !== null) return exitCodeOf(failure.kind);
    return skipped > 0 || unfetched.length > 0 || !isLogged ? exitPartly : exitDone;
  },
};
