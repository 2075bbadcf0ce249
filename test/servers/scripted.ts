import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Pop3Options } from '../../electron/pop3/options.ts';
import { parseScript, type Step } from './script.ts';

/** How a scripted server puts its bytes on the wire. */
export type Delivery = 'as written' | 'byte by byte';

/** Settings of a scripted server. */
export type ScriptedOptions = {
  readonly delivery?: Delivery;
  /** PEM key and certificate for `S: <tls>` and, with `implicit`, for the whole connection. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly implicit?: boolean };
};

/** A POP3 server on loopback that follows a script and notes what it hears. */
export class ScriptedServer {
  readonly #server: Server;
  readonly #connections: Step[][];
  readonly #options: ScriptedOptions;
  readonly #sockets = new Set<Socket>();
  readonly #gates = new Map<string, () => void>();
  readonly #released = new Set<string>();
  readonly #runs: Promise<void>[] = [];
  readonly #marked: number[] = [];
  /** Every line heard, in order, over all connections. */
  readonly heard: string[] = [];
  /** Messages deleted for good: DELE, and then QUIT. */
  readonly deleted: number[] = [];
  /** What went otherwise than written. */
  readonly surprises: string[] = [];

  constructor(connections: Step[][], options: ScriptedOptions) {
    this.#connections = [...connections];
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#runs.push(this.#serve(socket));
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What a session needs to come here, in the clear and by USER and PASS. */
  get account(): Pop3Options {
    return {
      host: '127.0.0.1',
      port: this.port,
      security: 'none',
      plaintextConsent: true,
      user: 'ann',
      credential: { kind: 'password', password: 'secret' },
      mechanism: 'auto',
    };
  }

  /** Lets a `S: <wait NAME>` go on. */
  release(name: string): void {
    this.#released.add(name);
    this.#gates.get(name)?.();
  }

  /** Waits until every connection has come to its end, closes, and gives what went otherwise than written. */
  async finished(): Promise<readonly string[]> {
    await Promise.all(this.#runs);
    for (const left of this.#connections) this.surprises.push(`nobody came for: ${describeStep(left[0])}`);
    await this[Symbol.asyncDispose]();
    return this.surprises;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) {
      this.#server.close();
      await once(this.#server, 'close');
    }
  }

  async #serve(plain: Socket): Promise<void> {
    const steps = this.#connections.shift();
    if (steps === undefined) {
      // Nobody is expected any more: hanging up at once spares a client the wait for a greeting.
      plain.destroy();
      return;
    }
    let link = new Link(this.#options.tls?.implicit === true ? await this.#encrypt(plain) : plain);
    this.#sockets.add(plain);
    for (const step of steps) {
      if (step.kind === 'hear') {
        if (!(await this.#hear(link, step.line))) break;
      } else if (step.kind === 'hear-close') {
        const line = await this.#nextLine(link);
        if (line !== null) this.surprises.push(`heard ${line} instead of the end`);
      } else if (step.kind === 'say') await this.#say(link.socket, step.bytes);
      else if (step.kind === 'wait') await this.#gate(step.name);
      else if (step.kind === 'reset') link.socket.resetAndDestroy();
      else if (step.kind === 'start-tls') link = new Link(await this.#encrypt(link.release()));
      else link.socket.end();
    }
    await this.#drain(link);
    plain.destroy();
    this.#sockets.delete(plain);
  }

  /** After the script: answers NOOP, notes all else, until the client is gone. */
  async #drain(link: Link): Promise<void> {
    while (true) {
      const line = await this.#nextLine(link);
      if (line === null) return;
      this.surprises.push(`heard ${line} after the end of the script`);
    }
  }

  async #hear(link: Link, expected: string): Promise<boolean> {
    const line = expected === 'NOOP' ? await this.#rawLine(link) : await this.#nextLine(link, expected);
    if (line === expected || (line !== null && expected === '<any>')) return true;
    this.surprises.push(`heard ${line ?? 'the end'} instead of ${expected}`);
    link.socket.destroy();
    return false;
  }

  /** The next line that is not a NOOP or a STAT in between; those are answered, since a session may send one at any time. */
  async #nextLine(link: Link, expected = ''): Promise<string | null> {
    while (true) {
      const line = await this.#rawLine(link);
      if (line !== 'NOOP' && (line !== 'STAT' || expected === 'STAT')) return line;
      await this.#say(link.socket, Buffer.from(line === 'STAT' ? '+OK 0 0\r\n' : '+OK\r\n'));
    }
  }

  async #rawLine(link: Link): Promise<string | null> {
    const line = await link.line();
    if (line === null) return null;
    this.heard.push(line);
    if (/^DELE \d+$/.test(line)) this.#marked.push(Number(line.slice(5)));
    if (line === 'RSET') this.#marked.length = 0;
    if (line === 'QUIT') this.deleted.push(...this.#marked.splice(0));
    return line;
  }

  async #say(socket: Socket, bytes: Buffer): Promise<void> {
    if (this.#options.delivery !== 'byte by byte') {
      await write(socket, bytes);
      return;
    }
    for (let at = 0; at < bytes.length && !socket.destroyed; at++) {
      await write(socket, bytes.subarray(at, at + 1));
      // One turn of the loop for the client, so that the bytes come one at a time.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #gate(name: string): Promise<void> {
    if (this.#released.has(name)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#gates.set(name, resolve);
    });
  }

  async #encrypt(socket: Socket): Promise<Socket> {
    const { key, cert } = this.#options.tls ?? { key: '', cert: '' };
    const secured = new TLSSocket(socket, { isServer: true, key, cert });
    // A client that refuses the certificate ends the handshake; the script sees the end of the stream.
    secured.on('error', () => secured.destroy());
    await new Promise<void>((resolve) => {
      secured.once('secure', () => resolve());
      secured.once('close', () => resolve());
      socket.once('close', () => {
        secured.destroy();
        resolve();
      });
    });
    return secured;
  }
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed || bytes.length === 0) resolve();
    // A client that is gone is told by the next line that does not come.
    else socket.write(bytes, () => resolve());
  });
}

function describeStep(step: Step | undefined): string {
  return step === undefined ? 'an empty script' : step.kind === 'hear' ? step.line : step.kind;
}

/** The receiving half of a connection, line by line. */
class Link {
  readonly socket: Socket;
  #buffered = '';
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    this.#isOver = socket.destroyed;
    socket.on('data', this.#take);
    socket.on('end', this.#end);
    socket.on('close', this.#end);
    socket.on('error', this.#end);
  }

  readonly #take = (chunk: Buffer): void => {
    this.#buffered += chunk.toString('utf8');
    this.#wake();
  };

  readonly #end = (): void => {
    this.#isOver = true;
    this.#wake();
  };

  /** Gives the socket away, for TLS to be put on it. */
  release(): Socket {
    this.socket.off('data', this.#take);
    this.socket.pause();
    return this.socket;
  }

  async line(): Promise<string | null> {
    while (!this.#buffered.includes('\r\n')) {
      if (this.#isOver) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const end = this.#buffered.indexOf('\r\n');
    const line = this.#buffered.slice(0, end);
    this.#buffered = this.#buffered.slice(end + 2);
    return line;
  }
}

/** Starts a server that follows the script, see `parseScript`; it is to be closed by its owner. */
export async function scriptedServer(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Buffer)[]
): Promise<ScriptedServer> {
  return await new ScriptedServer(parseScript(strings, values), {}).listen();
}
