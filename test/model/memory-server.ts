import { type Duplex, duplexPair } from 'node:stream';
import { goodHabits, type Habits, type LetterFault, type QuitFault } from './habits.ts';
import { notice, stuffed, topOf, whatComes, wireBytes, withHeader } from './letter-bytes.ts';

/*
 * A POP3 server in memory whose habits, faults and letters are plain data. It speaks over a pair of streams: no port,
 * no timer, no file. What it deletes, it remembers.
 */

/** A letter in the maildrop. `serial` tells letters apart for the test; the program never sees it. */
export type Letter = {
  readonly serial: number;
  /** Bytes as RETR gives them, un-stuffed. They may end without a line end. */
  bytes: Buffer;
  /** The id by which the server first listed it, where its ids last. */
  id: string;
  /** What LIST adds to its size. */
  misstatedBy: number;
};

/** A size that drifts is listed this much too large, at most. Bytes. */
export const mostDrift = 97;

type Session = {
  readonly stream: Duplex;
  readonly letters: readonly Letter[];
  readonly marked: Set<Letter>;
  retrieved: number;
  isOver: boolean;
};

/** Ends the line after so many more commands; `then` is called before anything else happens. */
type Interruption = { after: number; readonly isCarriedOut: boolean; then(): void };

/** The server; `letters` is its maildrop, oldest first. */
export class MemoryServer {
  readonly letters: Letter[] = [];
  /** Letters that left because of DELE and QUIT, in that order. */
  readonly deleted: Letter[] = [];
  /** Commands as they came, over all sessions, without arguments of sign-in. */
  readonly commands: string[] = [];
  /** Serials of the letters that RETR was asked for, over all sessions. */
  readonly retrieved: number[] = [];
  readonly habits: Habits;
  faults: LetterFault[] = [];
  quitFault: QuitFault | null = null;
  interruption: Interruption | null = null;
  /** RETR commands of one session after which all others are refused; null for no quota. */
  quota: number | null = null;
  /** The next CAPA loses the line. */
  losesCapa = false;
  /** Refuses every connection. */
  isDown = false;
  /** Called when a session falls silent for good. */
  onSilence: (stream: Duplex) => void = () => undefined;
  /** The letters as the latest session numbers them. */
  numbered: readonly Letter[] = [];
  #nextId = 1;
  #nextSerial = 1;
  #drift = 0;

  constructor(habits: Habits = goodHabits) {
    this.habits = habits;
  }

  /** Puts a letter behind all others and answers it. */
  add(bytes: Buffer): Letter {
    const letter = { serial: this.#nextSerial++, bytes, id: `u${this.#nextId++}`, misstatedBy: 0 };
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

  /** A new connection: the client's end. The greeting is on its way. Throws while the server is down. */
  connect(): Duplex {
    if (this.isDown) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const [client, stream] = duplexPair();
    const letters = this.habits.newestFirst ? [...this.letters].reverse() : [...this.letters];
    this.numbered = letters;
    const session: Session = { stream, letters, marked: new Set(), retrieved: 0, isOver: false };
    this.#drift += 1;
    let rest = '';
    stream.on('data', (bytes: Buffer) => {
      const lines = (rest + bytes.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      const understood = this.habits.pipelining === 'lost' ? lines.slice(0, 1) : lines;
      for (const line of understood) if (!session.isOver) this.#answer(session, line);
      if (understood.length < lines.length) this.onSilence(stream);
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
    const isInterrupted = this.#isInterrupted();
    if (isInterrupted && this.interruption?.isCarriedOut !== true) {
      this.#interrupt(session);
      return;
    }
    const letter = session.letters[Number(argument) - 1];
    if (verb === 'RETR') this.#retrieve(session, letter);
    else if (verb === 'QUIT') this.#quit(session);
    else if (verb === 'CAPA' && this.losesCapa) {
      this.losesCapa = false;
      this.#cut(session);
    } else session.stream.write(this.#reply(session, verb, line, letter));
    if (isInterrupted) this.#interrupt(session);
  }

  #isInterrupted(): boolean {
    if (this.interruption === null) return false;
    this.interruption.after -= 1;
    return this.interruption.after < 0;
  }

  #interrupt(session: Session): void {
    this.interruption?.then();
    this.interruption = null;
    this.#cut(session);
  }

  #reply(session: Session, verb: string, line: string, letter: Letter | undefined): string | Buffer {
    const { habits } = this;
    const rows = (of: (letter: Letter, at: number) => string) =>
      `+OK\r\n${session.letters.flatMap((one, at) => (session.marked.has(one) ? [] : [`${at + 1} ${of(one, at)}\r\n`])).join('')}.\r\n`;
    switch (verb) {
      case 'CAPA':
        return `+OK\r\nUSER\r\n${habits.ids === 'none' ? '' : 'UIDL\r\n'}${habits.top === 'refused' ? '' : 'TOP\r\n'}${habits.pipelining === 'silent' ? '' : 'PIPELINING\r\n'}.\r\n`;
      case 'USER':
      case 'PASS':
      case 'NOOP':
        return '+OK\r\n';
      case 'STAT':
        return `+OK ${session.letters.length} ${session.letters.reduce((sum, one) => sum + this.listedSize(one), 0)}\r\n`;
      case 'LIST':
        return rows((one) => `${this.listedSize(one)}`);
      case 'UIDL':
        if (habits.ids === 'none') return '-ERR unknown command\r\n';
        if (letter !== undefined) return `+OK ${Number(line.split(' ')[1])} ${this.#id(letter, session)}\r\n`;
        return rows((one) => this.#id(one, session));
      case 'TOP':
        return this.#top(letter, Number(line.split(' ')[2]));
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

  #top(letter: Letter | undefined, lines: number): string | Buffer {
    const { top } = this.habits;
    if (top === 'refused' || letter === undefined) return '-ERR unknown command\r\n';
    const told = top === 'lies' ? notice : letter.bytes;
    return Buffer.concat([Buffer.from('+OK\r\n'), stuffed(topOf(told, lines)), Buffer.from('.\r\n')]);
  }

  #id(letter: Letter, session: Session): string {
    if (this.habits.ids === 'numbers') return String(session.letters.indexOf(letter) + 1);
    return this.habits.ids === 'shared' ? 'same' : letter.id;
  }

  /** What LIST says of a letter, bytes. */
  listedSize(letter: Letter): number {
    const wire = wireBytes(letter.bytes).length;
    const said = Math.max(0, wire + letter.misstatedBy);
    switch (this.habits.sizes) {
      case 'exact':
        return said;
      case 'bare-lines':
        return Math.max(0, said - letter.bytes.toString('latin1').split('\r\n').length + 1);
      case 'constant':
        return said + 37;
      case 'drifting':
        return said + ((letter.serial * 31 + this.#drift * 17) % mostDrift);
    }
  }

  #status(letter: Letter): string {
    const { statusSays } = this.habits;
    if (statusSays === 'nothing') return '+OK\r\n';
    return `+OK ${statusSays === 'truth' ? letter.bytes.length : this.listedSize(letter)} octets\r\n`;
  }

  #retrieve(session: Session, letter: Letter | undefined): void {
    const { stream } = session;
    if (letter === undefined || session.marked.has(letter)) {
      stream.write('-ERR no such message\r\n');
      return;
    }
    this.retrieved.push(letter.serial);
    session.retrieved += 1;
    if (this.quota !== null && session.retrieved > this.quota) {
      stream.write('-ERR [SYS/TEMP] Account exceeded command or bandwidth limits\r\n');
      return;
    }
    const fault = this.faults.find(({ serial, left }) => serial === letter.serial && left > 0);
    if (fault !== undefined) fault.left -= 1;
    if (fault?.kind === 'refused') stream.write('-ERR cannot open message\r\n');
    else this.#send(session, letter, fault?.kind);
  }

  #send(session: Session, letter: Letter, fault: LetterFault['kind'] | undefined): void {
    const { bytes, end } = whatComes(letter.bytes, fault);
    const body = end === 'dot' ? Buffer.concat([stuffed(bytes), Buffer.from('.\r\n')]) : bytes;
    session.stream.write(Buffer.concat([Buffer.from(this.#status(letter)), body]));
    if (end === 'cut') this.#cut(session);
    else if (end === 'silence') {
      session.isOver = true;
      this.onSilence(session.stream);
    } else if (fault === undefined) this.#writeInto(letter);
  }

  #writeInto(letter: Letter): void {
    const { writesInto } = this.habits;
    if (writesInto === null) return;
    letter.bytes = withHeader(
      letter.bytes,
      writesInto === 'status' ? 'Status: RO' : `X-UIDL: ${letter.serial}`,
    );
  }

  #quit(session: Session): void {
    const fault = this.quitFault;
    this.quitFault = null;
    if (fault === 'refused') session.stream.write('-ERR some messages were not removed\r\n');
    else if (fault !== 'cut-before') {
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
