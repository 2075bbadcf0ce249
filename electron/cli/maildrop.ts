import { deleteOnServer } from '../mailbox/leaving/delete-on-server.ts';
import { noBook } from '../mailbox/leaving/deletion-book.ts';
import type { PlannedDeletion } from '../mailbox/leaving/planned-deletion.ts';
import { fetchHeaders } from '../mailbox/maildrop/fetch-headers.ts';
import { type IdentifiedMessage, identify } from '../mailbox/maildrop/identify.ts';
import { summariseHeaders } from '../message/headers/header-summary.ts';
import { credentialFor } from '../pop3/authentication/mechanism.ts';
import { Transcript } from '../pop3/connection/transcript.ts';
import { Pop3Refusal, Pop3SessionError } from '../pop3/replies/failure.ts';
import { openPop3Session, type Pop3Session } from '../pop3/session.ts';
import type { Command } from './command.ts';
import { exitCodeOf, exitDone, exitPartly } from './exit-codes.ts';
import { type Given, isGiven, serverFlags, serverOptions, textsOf, UsageError } from './options.ts';
import { CommandFailure, writeLog } from './output.ts';

/** Opens a session, uses it, and writes the protocol log in every case. Throws CommandFailure. */
async function withSession(
  given: Given,
  print: Parameters<Command['run']>[1],
  use: (session: Pop3Session) => Promise<number>,
): Promise<number> {
  const { password, logFile, ...server } = serverOptions(given);
  const transcript = new Transcript();
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  let code = exitDone;
  let isLogged = true;
  try {
    await using session = await openPop3Session({
      ...server,
      credential: credentialFor(server.mechanism, password),
      transcript,
      signal: cancel.signal,
    });
    code = await use(session);
  } catch (error) {
    if (error instanceof Pop3Refusal || error instanceof Pop3SessionError)
      throw new CommandFailure({ ...error.failure, host: server.host, port: server.port });
    throw error;
  } finally {
    isLogged = writeLog(logFile, transcript, print);
  }
  return code === exitDone && !isLogged ? exitPartly : code;
}

/** `list`: shows the messages on the server. */
export const listCommand: Command = {
  name: 'list',
  usage: '--host H --user U --password-file F [--headers]',
  summary: 'show what is on the server; nothing is changed there',
  flags: { ...serverFlags, headers: { type: 'boolean', help: 'subject, sender and date as well, by TOP' } },
  run: (given, print) =>
    withSession(given, print, async (session) => {
      const listed = await identify(session);
      const headers = isGiven(given, 'headers') ? await readHeaders(session, listed) : new Map();
      for (const { number, uidl, sizeBytes } of listed) {
        const known: ReturnType<typeof summariseHeaders> | undefined = headers.get(number);
        const facts =
          known === undefined
            ? {}
            : {
                subject: known.subject,
                from: known.from,
                date: known.sentAt === null ? null : new Date(known.sentAt).toISOString(),
              };
        const words =
          known === undefined ? '' : `  ${facts.date ?? '-'}  ${known.from.address}  ${known.subject}`;
        print.line({ number, uidl, sizeBytes, ...facts }, `${number}  ${uidl}  ${sizeBytes}${words}`);
      }
      await session.quit();
      return exitDone;
    }),
};

async function readHeaders(session: Pop3Session, listed: readonly IdentifiedMessage[]) {
  const found = new Map<number, ReturnType<typeof summariseHeaders>>();
  const numbers = listed.map(({ number }) => number);
  await fetchHeaders(session, numbers, (number, bytes) => found.set(number, summariseHeaders(bytes)));
  return found;
}

/** `delete`: deletes by UIDL. The server applies it at QUIT. */
export const deleteCommand: Command = {
  name: 'delete',
  usage: '--host H --user U --password-file F --uidl X [--uidl Y …]',
  summary: 'delete messages on the server by their UIDL',
  flags: {
    ...serverFlags,
    uidl: { type: 'string', multiple: true, help: 'UIDL of a message to delete; may be given again' },
  },
  run: (given, print) => {
    const wanted = new Set(textsOf(given, 'uidl'));
    if (wanted.size === 0) throw new UsageError('--uidl is needed');
    return withSession(given, print, async (session) => {
      const found = (await identify(session)).filter((message) => wanted.has(message.uidl));
      const { outcome, sent, refused, failure } = await deleteOnServer({
        ...{ session, book: noBook, deletions: found.map(chosen) },
      });
      const deleted = outcome === 'applied' ? sent.map(({ uidl }) => uidl) : [];
      const there = new Set(found.map(({ uidl }) => uidl));
      const missing = [...wanted].filter((uidl) => !there.has(uidl));
      print.line(
        { deleted, missing, refused: refused.map(({ deletion }) => deletion.uidl), outcome },
        `${deleted.length} deleted, ${missing.length} not there, ${refused.length} refused, QUIT ${outcome}`,
      );
      if (outcome === 'unknown') return exitCodeOf('deletion-unknown');
      if (failure !== undefined) return exitCodeOf(failure.kind);
      return missing.length + refused.length > 0 ? exitPartly : exitDone;
    });
  },
};

function chosen({ number, key, uidl, sizeBytes }: IdentifiedMessage): PlannedDeletion {
  return { number, key, uidl, sizeBytes, from: '', subject: '', ground: { kind: 'chosen' } };
}
