import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A letter of the unruly server, and what the server does to it. */
export type UnrulyLetter = {
  readonly uidl: string;
  readonly bytes: Buffer;
  /** What LIST and the status of RETR say, bytes; the true size where it is not given. */
  readonly saidBytes?: number;
  /**
   * What RETR brings in its place, and what follows: an end mark, the end of the line, silence for good, or nothing, after
   * which the server takes the next command.
   */
  readonly brings?: { readonly bytes: Buffer; readonly end: 'mark' | 'close' | 'silence' | 'nothing' };
  /** The answer to RETR, without -ERR, where the server refuses the letter. */
  readonly refusal?: string;
};

/** Whether the server takes several commands at once, and whose ids it lists. */
export type UnrulyHabits = {
  readonly isPipelined?: boolean;
  /** The ids of the letters, their numbers, or one for all. */
  readonly ids?: 'own' | 'numbers' | 'one';
  /** TOP is answered with -ERR. */
  readonly lacksTop?: boolean;
};

/** A POP3 server that answers any order of commands; its letters may be changed between two sessions. */
export class UnrulyServer {
  readonly #server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  readonly #habits: UnrulyHabits;
  readonly #sockets = new Set<Socket>();
  readonly #silent = new WeakSet<Socket>();
  /** What lies there, oldest first. */
  letters: readonly UnrulyLetter[];
  /** Every command, a list for each session. */
  readonly sessions: string[][] = [];
  /** Subjects of the letters that were deleted, QUIT included. */
  readonly deleted: string[] = [];

  constructor(letters: readonly UnrulyLetter[], habits: UnrulyHabits = {}) {
    this.letters = letters;
    this.#habits = habits;
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ids of what lies there. */
  get left(): string[] {
    return this.letters.map(({ uidl }) => uidl);
  }

  /** Commands that begin with the verb, a list for each session. */
  heard(verb: string): string[][] {
    return this.sessions.map((lines) => lines.filter((line) => line.startsWith(verb)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    const heard: string[] = [];
    this.sessions.push(heard);
    this.#sockets.add(socket);
    const session = { letters: this.letters, marked: new Set<UnrulyLetter>() };
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write('+OK ready\r\n');
    let buffered = '';
    socket.on('data', (chunk) => {
      const lines = (buffered + chunk.toString('latin1')).split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        if (!socket.writableEnded && !this.#silent.has(socket)) this.#answer(socket, line, session);
      }
    });
  }

  #answer(socket: Socket, line: string, session: OpenMaildrop): void {
    const say = (text: string) => socket.write(`${text}\r\n`);
    const [verb = '', word = ''] = line.split(' ');
    const letter = session.letters[Number(word) - 1];
    const listing = (value: (letter: UnrulyLetter, number: number) => unknown) =>
      say(['+OK', ...session.letters.map((one, at) => `${at + 1} ${value(one, at + 1)}`), '.'].join('\r\n'));
    if (verb === 'CAPA')
      say(
        `+OK\r\nUSER\r\nUIDL\r\n${this.#habits.lacksTop === true ? '' : 'TOP\r\n'}${this.#habits.isPipelined === true ? 'PIPELINING\r\n' : ''}.`,
      );
    else if (verb === 'STAT') say(`+OK ${session.letters.length} ${sum(session.letters)}`);
    else if (verb === 'LIST') listing(saidBytes);
    else if (verb === 'UIDL') listing((one, number) => this.#idOf(one, number));
    else if (verb === 'RETR' && letter?.refusal !== undefined) say(`-ERR ${letter.refusal}`);
    else if (verb === 'RETR' && letter !== undefined) {
      if (letter.brings?.end === 'silence') this.#silent.add(socket);
      retrieve(socket, letter);
    } else if (verb === 'TOP' && this.#habits.lacksTop === true) say('-ERR');
    else if (verb === 'TOP' && letter !== undefined) say(`+OK\r\n${headersOf(letter)}\r\n\r\n.`);
    else {
      if (verb === 'DELE' && letter !== undefined) session.marked.add(letter);
      if (verb === 'RSET') session.marked.clear();
      if (verb === 'QUIT') this.#remove(session.marked);
      say('+OK');
    }
  }

  #idOf(letter: UnrulyLetter, number: number): string {
    const { ids = 'own' } = this.#habits;
    return ids === 'own' ? letter.uidl : ids === 'numbers' ? String(number) : 'always-this-one';
  }

  #remove(marked: ReadonlySet<UnrulyLetter>): void {
    this.letters = this.letters.filter((letter) => !marked.has(letter));
    this.deleted.push(...[...marked].map(subjectOf));
  }
}

type OpenMaildrop = { readonly letters: readonly UnrulyLetter[]; readonly marked: Set<UnrulyLetter> };

/** A letter whose size is at least the one wanted. */
export function letterOf(uidl: string, subject: string, sizeBytes = 0): UnrulyLetter {
  const head = `From: Ann <ann@example.org>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\n\r\n`;
  const line = `${'text '.repeat(12)}\r\n`;
  const lines = Math.max(1, Math.ceil((sizeBytes - head.length) / line.length));
  return { uidl, bytes: Buffer.from(head + line.repeat(lines)) };
}

const saidBytes = (letter: UnrulyLetter): number => letter.saidBytes ?? letter.bytes.length;

const sum = (letters: readonly UnrulyLetter[]): number =>
  letters.reduce((bytes, letter) => bytes + saidBytes(letter), 0);

const headersOf = ({ bytes }: UnrulyLetter): string => bytes.toString('latin1').split('\r\n\r\n')[0] ?? '';

const subjectOf = (letter: UnrulyLetter): string => /Subject: (.*)\r/.exec(headersOf(letter))?.[1] ?? '';

function retrieve(socket: Socket, letter: UnrulyLetter): void {
  const { bytes, end } = letter.brings ?? { bytes: letter.bytes, end: 'mark' };
  socket.write(`+OK ${saidBytes(letter)} octets\r\n`);
  socket.write(bytes);
  if (end === 'mark') socket.write('.\r\n');
  else if (end === 'close') socket.end();
}
