import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** How a faulty line ends: hung up, reset, one half closed, or nothing more said. */
export type Fault = 'close' | 'reset' | 'half-close' | 'silence';

/** A maildrop behind a line that breaks. */
export type FaultyOptions = {
  readonly messages: readonly Buffer[];
  readonly isPipelined: boolean;
  /** Bytes of the server's that still come through; Infinity for a sound line. */
  readonly cutAt: number;
  readonly fault: Fault;
  /** Most bytes in one write. */
  readonly pieceBytes: number;
};

/** A small POP3 server of its own making, whose line breaks after a number of bytes. */
export class FaultyServer {
  readonly #server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  readonly #options: FaultyOptions;
  readonly #sockets = new Set<Socket>();
  readonly #broken = new WeakSet<Socket>();
  #sentBytes = 0;
  /** Messages gone for good: marked, and QUIT heard. */
  readonly deleted: number[] = [];

  constructor(options: FaultyOptions) {
    this.#options = options;
  }

  /** Bytes the server has sent, those that were cut off not counted. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    const marked = new Set<number>();
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    this.#say(socket, '+OK ready\r\n');
    let buffered = '';
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      const lines = buffered.split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) this.#answer(socket, line, marked);
    });
  }

  #answer(socket: Socket, line: string, marked: Set<number>): void {
    const { messages, isPipelined } = this.#options;
    const [verb = '', word = ''] = line.split(' ');
    const number = Number(word);
    const listing = (value: (message: Buffer, index: number) => string) =>
      `+OK\r\n${messages.map((message, index) => `${index + 1} ${value(message, index)}\r\n`).join('')}.\r\n`;
    if (verb === 'CAPA')
      this.#say(socket, `+OK\r\nUSER\r\nUIDL\r\n${isPipelined ? 'PIPELINING\r\n' : ''}.\r\n`);
    else if (verb === 'LIST')
      this.#say(
        socket,
        listing((message) => String(message.length)),
      );
    else if (verb === 'UIDL')
      this.#say(
        socket,
        listing((_, index) => `id${index + 1}`),
      );
    else if (verb === 'STAT') this.#say(socket, `+OK ${messages.length} 0\r\n`);
    else if (verb === 'RETR') {
      const stuffed = (messages[number - 1] ?? Buffer.alloc(0))
        .toString('latin1')
        .replace(/(^|\r\n)\./g, '$1..');
      this.#say(socket, `+OK\r\n${stuffed}.\r\n`);
    } else if (verb === 'QUIT') {
      this.deleted.push(...marked);
      this.#say(socket, '+OK bye\r\n');
    } else {
      if (verb === 'DELE') marked.add(number);
      this.#say(socket, '+OK\r\n');
    }
  }

  #say(socket: Socket, text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const { cutAt, pieceBytes } = this.#options;
    const through = bytes.subarray(0, Math.max(0, Math.min(bytes.length, cutAt - this.#sentBytes)));
    this.#sentBytes += through.length;
    for (let at = 0; at < through.length; at += pieceBytes)
      socket.write(through.subarray(at, at + pieceBytes));
    // A line that is made anew breaks as the first one did.
    if (this.#sentBytes >= cutAt && !this.#broken.has(socket)) this.#break(socket);
  }

  #break(socket: Socket): void {
    const { fault } = this.#options;
    this.#broken.add(socket);
    if (fault === 'close') socket.destroySoon();
    // A reset takes what has not been read with it, which is as good a cut as any.
    else if (fault === 'reset') socket.resetAndDestroy();
    else if (fault === 'half-close') socket.end();
  }
}
