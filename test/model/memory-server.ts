import { type Duplex, duplexPair } from 'node:stream';

/*
 * A POP3 server in memory whose habits, faults and letters are plain data, so that a property library can make them up
 * and shrink them. It speaks over a pair of streams: no port, no timer, no file. What it deletes, it remembers.
 */

/** A letter in the maildrop. `serial` tells letters apart for the test; the program never sees it. */
export type Letter = {
  readonly serial: number;
  /** Bytes as RETR gives them, un-stuffed. They may end without a line end. */
  bytes: Buffer;
  /** The id by which the server first listed it, where its ids last. */
  id: string;
};

/** How a server does what RFC 1939 leaves open, or does it wrong. */
export type Habits = {
  /** What UIDL says: an id that lasts, the message number, one id for all, or nothing at all. */
  readonly ids: 'lasting' | 'numbers' | 'shared' | 'none';
  /** What LIST says of a size: the truth, one byte less for each line, a constant more, or any number. */
  readonly sizes: 'exact' | 'bare-lines' | 'constant' | 'drifting';
  readonly newestFirst: boolean;
  readonly knowsTop: boolean;
  readonly announcesPipelining: boolean;
  /** Answers +OK to DELE and QUIT, and keeps the letters. */
  readonly keepsDeleted: boolean;
  /** Writes lines of its own into letters that were fetched; null leaves them alone. */
  readonly writesInto: 'status' | 'ids' | null;
};

/** What goes wrong when one letter is asked for by RETR. */
export type LetterFault = {
  readonly serial: number;
  readonly kind: 'cut' | 'stall' | 'half' | 'headers-only' | 'nothing' | 'notice' | 'refused';
  /** How many more times it happens. */
  left: number;
};

/** What a plain, good server does. */
export const goodHabits: Habits = {
  ids: 'lasting',
  sizes: 'exact',
  newestFirst: false,
  knowsTop: true,
  announcesPipelining: true,
  keepsDeleted: false,
  writesInto: null,
};

/** How QUIT ends a session. */
export type QuitFault = 'cut-before' | 'cut-after' | 'refused' | null;

type Session = {
  readonly stream: Duplex;
  readonly letters: readonly Letter[];
  readonly marked: Set<Letter>;
  isOver: boolean;
};

/** The server; `letters` is its maildrop, oldest first. */
export class MemoryServer {
  readonly letters: Letter[] = [];
  /** Letters that left because of DELE and QUIT, in that order. */
  readonly deleted: Letter[] = [];
  /** Commands as they came, over all sessions, without arguments of sign-in. */
  readonly commands: string[] = [];
  habits: Habits;
  faults: LetterFault[] = [];
  quitFault: QuitFault = null;
  /** Cuts the line after so many more commands; null never. */
  cutAfterCommands: number | null = null;
  #nextId = 1;
  #nextSerial = 1;
  #drift = 0;

  constructor(habits: Habits = goodHabits) {
    this.habits = habits;
  }

  /** Puts a letter behind all others and answers it. */
  add(bytes: Buffer): Letter {
    const letter = { serial: this.#nextSerial++, bytes, id: `u${this.#nextId++}` };
    this.letters.push(letter);
    return letter;
  }

  /** Takes a letter away as another program would. */
  removeElsewhere(letter: Letter): void {
    this.letters.splice(this.letters.indexOf(letter), 1);
  }

  /** Makes the index anew: ids begin from 1 again, as after a restore of the server. */
  beginIdsAnew(): void {
    this.#nextId = 1;
    for (const letter of this.letters) letter.id = `u${this.#nextId++}`;
  }

  /** Empties the maildrop and begins its ids anew. */
  makeAnew(): void {
    this.letters.length = 0;
    this.#nextId = 1;
  }

  /** Gives every letter another id, and a header line on top, as a move to another host does. */
  move(trace: string): void {
    for (const letter of this.letters) {
      letter.id = `m${this.#nextId++}`;
      letter.bytes = Buffer.concat([Buffer.from(`${trace}\r\n`), letter.bytes]);
    }
  }

  /** A new connection: the client's end. The greeting is on its way. */
  connect(): Duplex {
    const [client, stream] = duplexPair();
    const letters = this.habits.newestFirst ? [...this.letters].reverse() : [...this.letters];
    const session: Session = { stream, letters, marked: new Set(), isOver: false };
    this.#drift += 1;
    let rest = '';
    stream.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!session.isOver) this.#answer(session, line);
    });
    stream.on('error', () => stream.destroy());
    client.on('close', () => {
      session.isOver = true;
      stream.destroy();
    });
    stream.write('+OK ready\r\n');
    return client;
  }

  #answer(session: Session, line: string): void {
    const [command = '', argument = ''] = line.split(' ');
    const verb = command.toUpperCase();
    this.commands.push(['USER', 'PASS', 'AUTH', 'APOP'].includes(verb) ? verb : line);
    if (this.cutAfterCommands !== null) {
      this.cutAfterCommands -= 1;
      if (this.cutAfterCommands <= 0) {
        this.cutAfterCommands = null;
        this.#cut(session);
        return;
      }
    }
    const letter = session.letters[Number(argument) - 1];
    if (verb === 'RETR') this.#retrieve(session, letter);
    else if (verb === 'QUIT') this.#quit(session);
    else session.stream.write(this.#reply(session, verb, line, letter));
  }

  #reply(session: Session, verb: string, line: string, letter: Letter | undefined): string | Buffer {
    const { habits } = this;
    const rows = (of: (letter: Letter, at: number) => string) =>
      `+OK\r\n${session.letters.flatMap((one, at) => (session.marked.has(one) ? [] : [`${at + 1} ${of(one, at)}\r\n`])).join('')}.\r\n`;
    switch (verb) {
      case 'CAPA':
        return `+OK\r\nUSER\r\n${habits.ids === 'none' ? '' : 'UIDL\r\n'}${habits.knowsTop ? 'TOP\r\n' : ''}${habits.announcesPipelining ? 'PIPELINING\r\n' : ''}.\r\n`;
      case 'USER':
      case 'PASS':
      case 'NOOP':
        return '+OK\r\n';
      case 'STAT':
        return `+OK ${session.letters.length} ${session.letters.reduce((sum, one) => sum + this.#listedSize(one), 0)}\r\n`;
      case 'LIST':
        return rows((one) => `${this.#listedSize(one)}`);
      case 'UIDL':
        if (habits.ids === 'none') return '-ERR unknown command\r\n';
        if (letter !== undefined) return `+OK ${Number(line.split(' ')[1])} ${this.#id(letter, session)}\r\n`;
        return rows((one) => this.#id(one, session));
      case 'TOP':
        if (!habits.knowsTop || letter === undefined) return '-ERR unknown command\r\n';
        return Buffer.concat([
          Buffer.from('+OK\r\n'),
          stuffed(topOf(letter.bytes, Number(line.split(' ')[2]))),
        ]);
      case 'DELE':
        if (letter === undefined || session.marked.has(letter)) return '-ERR no such message\r\n';
        session.marked.add(letter);
        return '+OK\r\n';
      case 'RSET':
        session.marked.clear();
        return '+OK\r\n';
      default:
        return '-ERR unknown command\r\n';
    }
  }

  #id(letter: Letter, session: Session): string {
    if (this.habits.ids === 'numbers') return String(session.letters.indexOf(letter) + 1);
    return this.habits.ids === 'shared' ? 'same' : letter.id;
  }

  #listedSize(letter: Letter): number {
    const wire = wireBytes(letter.bytes).length;
    switch (this.habits.sizes) {
      case 'exact':
        return wire;
      case 'bare-lines':
        return wire - letter.bytes.toString('latin1').split('\r\n').length + 1;
      case 'constant':
        return wire + 37;
      case 'drifting':
        return wire + ((letter.serial * 31 + this.#drift * 17) % 97);
    }
  }

  #retrieve(session: Session, letter: Letter | undefined): void {
    const { stream } = session;
    if (letter === undefined || session.marked.has(letter)) {
      stream.write('-ERR no such message\r\n');
      return;
    }
    const fault = this.faults.find(({ serial, left }) => serial === letter.serial && left > 0);
    if (fault !== undefined) fault.left -= 1;
    const whole = letter.bytes;
    const headersEnd = whole.indexOf('\r\n\r\n') + 4;
    const send = (bytes: Buffer) =>
      stream.write(Buffer.concat([Buffer.from(`+OK ${whole.length} octets\r\n`), stuffed(bytes)]));
    switch (fault?.kind) {
      case 'cut':
        stream.write(
          Buffer.concat([Buffer.from('+OK\r\n'), whole.subarray(0, Math.floor(whole.length / 2))]),
        );
        this.#cut(session);
        return;
      case 'stall':
        stream.write(
          Buffer.concat([Buffer.from('+OK\r\n'), whole.subarray(0, Math.floor(whole.length / 2))]),
        );
        // From here on the server says nothing more.
        session.isOver = true;
        return;
      case 'half':
        send(whole.subarray(0, Math.floor(whole.length / 2)));
        return;
      case 'headers-only':
        send(whole.subarray(0, headersEnd));
        return;
      case 'nothing':
        send(Buffer.alloc(0));
        return;
      case 'notice':
        send(notice);
        return;
      case 'refused':
        stream.write('-ERR cannot open message\r\n');
        return;
      default:
        send(whole);
        this.#writeInto(letter);
    }
  }

  #writeInto(letter: Letter): void {
    const { writesInto } = this.habits;
    if (writesInto === null) return;
    const line = writesInto === 'status' ? 'Status: RO' : `X-UIDL: ${letter.serial}`;
    const text = letter.bytes.toString('latin1');
    if (text.includes(`\r\n${line}\r\n`)) return;
    const at = text.indexOf('\r\n\r\n') + 2;
    letter.bytes = Buffer.from(`${text.slice(0, at)}${line}\r\n${text.slice(at)}`, 'latin1');
  }

  #quit(session: Session): void {
    const fault = this.quitFault;
    this.quitFault = null;
    if (fault === 'cut-before') {
      this.#cut(session);
      return;
    }
    if (fault === 'refused') session.stream.write('-ERR some messages were not removed\r\n');
    else {
      if (!this.habits.keepsDeleted) this.#remove(session.marked);
      if (fault !== 'cut-after') session.stream.write('+OK\r\n');
    }
    this.#cut(session);
  }

  #remove(marked: ReadonlySet<Letter>): void {
    for (const letter of marked) {
      const at = this.letters.indexOf(letter);
      if (at === -1) continue;
      this.letters.splice(at, 1);
      this.deleted.push(letter);
    }
  }

  #cut(session: Session): void {
    session.isOver = true;
    session.stream.end();
  }
}

const notice = Buffer.from(
  'From: Mail Delivery Subsystem <postmaster>\r\nSubject: Cannot display this message\r\n\r\nYour program cannot show it.\r\n',
);

/** A letter as it goes over the wire without stuffing: its last line has an end. */
function wireBytes(bytes: Buffer): Buffer {
  return bytes.length === 0 || bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}

function stuffed(bytes: Buffer): Buffer {
  const text = wireBytes(bytes).toString('latin1').replace(/^\./gm, '..');
  return Buffer.from(`${text}.\r\n`, 'latin1');
}

function topOf(bytes: Buffer, lines: number): Buffer {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n') + 4;
  const body = text.slice(end).split('\r\n').slice(0, lines);
  return Buffer.from(`${text.slice(0, end)}${body.length > 0 ? `${body.join('\r\n')}\r\n` : ''}`, 'latin1');
}
