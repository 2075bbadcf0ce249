import { timingSafeEqual } from 'node:crypto';
import { stuffedSlices, topOfMessage } from './dot-stuffing.ts';
import type { Maildrop, MaildropLock, SampleMessage } from './maildrop.ts';

/** One reply as slices to write in order. `closes` ends the connection after them. */
export type Reply = { readonly slices: readonly Buffer[]; readonly closes: boolean };

/** Answers the commands of one session. A command is one line without its line ending. */
export type Dialogue = {
  answer(line: string): Reply;
  /** The connection is gone. Nothing is deleted. RFC 1939 §6. */
  abandon(): void;
};

/** Wrong passwords before the server closes the connection. Real servers do this against guessing. */
const passwordAttempts = 3;

const capabilities = ['TOP', 'UIDL', 'USER', 'PIPELINING', 'RESP-CODES', 'AUTH-RESP-CODE', 'EXPIRE NEVER'];

function status(text: string, closes = false): Reply {
  return { slices: [Buffer.from(`${text}\r\n`)], closes };
}

function listing(first: string, lines: readonly string[]): Reply {
  return status([first, ...lines, '.'].join('\r\n'));
}

function isSame(given: string, right: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Starts the server's side of a POP3 session over `maildrop`. RFC 1939, RFC 2449; LAST is RFC 1225. */
export function startDialogue(
  maildrop: Maildrop,
  credentials: { readonly user: string; readonly password: string },
): Dialogue {
  let lock: MaildropLock | null = null;
  let user: string | null = null;
  let attemptsLeft = passwordAttempts;
  let last = 0;

  function signIn(password: string): Reply {
    const given = user;
    user = null;
    if (given === null) return status('-ERR USER comes first');
    if (!isSame(given, credentials.user) || !isSame(password, credentials.password)) {
      attemptsLeft -= 1;
      return status('-ERR [AUTH] user name or password is wrong', attemptsLeft === 0);
    }
    lock = maildrop.lock();
    if (lock === null) return status('-ERR [IN-USE] another session has this maildrop open');
    return status(`+OK ${lock.messages.length} messages`);
  }

  function beforeSignIn(verb: string, rest: string): Reply {
    switch (verb) {
      case 'USER':
        user = rest;
        return status('+OK now the password');
      case 'PASS':
        return signIn(rest);
      case 'QUIT':
        return status('+OK until next time', true);
      default:
        return status('-ERR not before signing in');
    }
  }

  function quit(held: MaildropLock): Reply {
    held.apply();
    held.release();
    return status('+OK until next time', true);
  }

  function reset(held: MaildropLock): Reply {
    held.marked.clear();
    last = 0;
    return status('+OK nothing is marked any more');
  }

  function afterSignIn(held: MaildropLock, verb: string, rest: string): Reply {
    switch (verb) {
      case 'STAT':
        return status(stat(held));
      case 'LIST':
        return list(held, rest, (message) => String(message.bytes.length));
      case 'UIDL':
        return list(held, rest, (message) => message.uidl);
      case 'RETR':
      case 'DELE':
        return onMessage(held, rest, (message, number) => {
          last = Math.max(last, number);
          if (verb === 'RETR') return withBody(`+OK ${message.bytes.length} octets`, message.bytes);
          held.marked.add(number);
          return status(`+OK message ${number} is marked`);
        });
      case 'TOP':
        return top(held, rest);
      case 'NOOP':
        return status('+OK');
      case 'LAST':
        return status(`+OK ${last}`);
      case 'RSET':
        return reset(held);
      case 'QUIT':
        return quit(held);
      default:
        return status('-ERR unknown command');
    }
  }

  return {
    answer(line) {
      const [, word = '', rest = ''] = /^(\S*) ?(.*)$/.exec(line) ?? [];
      const verb = word.toUpperCase();
      if (verb === 'CAPA') return listing('+OK', [...capabilities, 'IMPLEMENTATION Poppy sample mailbox']);
      return lock === null ? beforeSignIn(verb, rest) : afterSignIn(lock, verb, rest.trim());
    },
    abandon() {
      lock?.release();
      lock = null;
    },
  };
}

function stat(held: MaildropLock): string {
  const left = held.messages.filter((_, index) => !held.marked.has(index + 1));
  return `+OK ${left.length} ${left.reduce((sum, message) => sum + message.bytes.length, 0)}`;
}

function onMessage(
  held: MaildropLock,
  argument: string,
  act: (message: SampleMessage, number: number) => Reply,
): Reply {
  const number = /^\d{1,9}$/.test(argument) ? Number(argument) : 0;
  const message = held.messages[number - 1];
  if (message === undefined) return status('-ERR no such message');
  if (held.marked.has(number)) return status(`-ERR message ${number} is marked for deletion`);
  return act(message, number);
}

function list(held: MaildropLock, argument: string, show: (message: SampleMessage) => string): Reply {
  if (argument !== '')
    return onMessage(held, argument, (message, number) => status(`+OK ${number} ${show(message)}`));
  const lines = held.messages.flatMap((message, index) =>
    held.marked.has(index + 1) ? [] : [`${index + 1} ${show(message)}`],
  );
  return listing(`+OK ${lines.length} messages`, lines);
}

function top(held: MaildropLock, argument: string): Reply {
  const [number = '', lines = ''] = argument.split(/\s+/);
  if (!/^\d{1,9}$/.test(lines)) return status('-ERR TOP wants a message and a number of lines');
  return onMessage(held, number, (message) => withBody('+OK', topOfMessage(message.bytes, Number(lines))));
}

function withBody(first: string, bytes: Buffer): Reply {
  return {
    slices: [Buffer.from(`${first}\r\n`), ...stuffedSlices(bytes)],
    closes: false,
  };
}
