import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a mail server that takes tokens is like. */
export type TokenServerOptions = {
  readonly mechanism: 'XOAUTH2' | 'OAUTHBEARER';
  /** The tokens that let in now. */
  readonly accessTokens: ReadonlySet<string>;
  readonly letters: readonly string[];
  /** Called after each letter that was sent; `hangUp` ends the connection at once. */
  readonly onSent?: (count: number, hangUp: () => void) => void;
};

/** A POP3 server on loopback that lets in by an access token only. */
export class TokenServer {
  readonly #server = createServer({ noDelay: true }, (socket) => void this.#serve(socket));
  readonly #sockets = new Set<Socket>();
  readonly #options: TokenServerOptions;
  #sent = 0;
  /** How each sign-in ended, with the user it was for. */
  readonly signIns: string[] = [];

  constructor(options: TokenServerOptions) {
    this.#options = options;
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on('error', () => undefined); // the other end may hang up at any time
    const say = (text: string): void => void socket.write(`${text}\r\n`);
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await lines.next()).value ?? 'QUIT');
    say('+OK ready');
    for (let line = await next(); line !== 'QUIT'; line = await next()) {
      const [verb = '', argument = '', first] = line.split(' ');
      if (verb === 'AUTH') await this.#signIn(argument, first, say, next);
      else this.#command(verb, Number(argument), say, socket);
    }
    say('+OK');
    socket.end();
  }

  async #signIn(
    mechanism: string,
    first: string | undefined,
    say: (text: string) => void,
    next: () => Promise<string>,
  ): Promise<void> {
    if (mechanism !== this.#options.mechanism) return say('-ERR [AUTH] unknown mechanism');
    if (first === undefined) say('+ ');
    const message = Buffer.from(first ?? (await next()), 'base64').toString('utf8');
    const token = /auth=Bearer ([^\u0001]+)\u0001/.exec(message)?.[1] ?? '';
    const user = /(?:^user=|,a=)([^\u0001,]+)/.exec(message)?.[1] ?? '';
    const isIn = this.#options.accessTokens.has(token);
    this.signIns.push(`${user} ${isIn ? 'in' : 'refused'}`);
    if (isIn) return say('+OK');
    say(`+ ${Buffer.from('{"status":"401"}').toString('base64')}`);
    await next();
    say('-ERR [AUTH] token refused');
  }

  #command(verb: string, number: number, say: (text: string) => void, socket: Socket): void {
    const { letters, mechanism, onSent } = this.#options;
    const listed = (of: (letter: string, index: number) => string) =>
      say(`+OK\r\n${letters.map((letter, index) => `${index + 1} ${of(letter, index)}\r\n`).join('')}.`);
    const total = letters.reduce((sum, letter) => sum + letter.length, 0);
    if (verb === 'CAPA') say(`+OK\r\nUIDL\r\nTOP\r\nSASL ${mechanism}\r\n.`);
    else if (verb === 'STAT') say(`+OK ${letters.length} ${total}`);
    else if (verb === 'LIST') listed((letter) => String(letter.length));
    else if (verb === 'UIDL') listed((_letter, index) => `id-${index}`);
    else if (verb === 'RETR') {
      say(`+OK\r\n${letters[number - 1] ?? ''}.`);
      this.#sent += 1;
      onSent?.(this.#sent, () => socket.destroy());
    } else say('+OK');
  }
}
