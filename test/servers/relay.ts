import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The moment at which something is done to a session. */
export type Moment =
  /** As soon as the client is connected. */
  | { readonly kind: 'connected' }
  /** After this many bytes of the server's; those behind them are held back until it is done. */
  | { readonly kind: 'server-bytes'; readonly count: number }
  /** When the client has sent this many commands with this verb; they are passed on first. */
  | { readonly kind: 'commands'; readonly verb: string; readonly count: number };

type Plan = { readonly moment: Moment; readonly act: (line: Line) => void };

/** Both ends of one relayed connection. */
export type Line = {
  /** Hangs up on both sides. */
  close(): void;
  /** Resets both sides, so that what is on its way is lost. */
  reset(): void;
  /** Passes no more of the server's bytes on until it is told to go on. */
  hold(): void;
  goOn(): void;
};

/** Most bytes passed on at once, and the rest between two of them: a message or so a millisecond, like a real line. */
const pieceBytes = 4096;
const restMs = 1;

/** Stands between a client and a real server on this computer, and does something to the session at a planned moment. */
export class Relay {
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #plan: Plan | null = null;
  #port = 0;

  constructor(targetPort: number) {
    this.#target = targetPort;
    this.#server = createServer({ noDelay: true }, (socket) => this.#join(socket));
  }

  /** Starts to listen, on the port of before where it had one, and answers the port. */
  async listen(): Promise<number> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.#port;
  }

  /** Hangs up on everybody. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Hangs up and takes no more calls, until it listens again. */
  async refuse(): Promise<void> {
    this.hangUp();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Does this once, at that moment of the next connection; null for a sound line. */
  plan(plan: Plan | null): void {
    this.#plan = plan;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  #join(client: Socket): void {
    const plan = this.#plan;
    this.#plan = null;
    const server = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    let held = Promise.resolve();
    let goOn = (): void => undefined;
    const line: Line = {
      close: () => [client, server].forEach((socket) => void socket.destroy()),
      reset: () => [client, server].forEach((socket) => void socket.resetAndDestroy()),
      hold: () => {
        held = new Promise((resolve) => {
          goOn = resolve;
        });
      },
      goOn: () => goOn(),
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', line.close);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    // The other way round the last replies are still being passed on.
    client.on('close', () => server.destroy());
    if (plan?.moment.kind === 'connected') plan.act(line);
    this.#passCommands(client, server, plan, line);
    void this.#passReplies(client, server, () => held, plan, line);
  }

  #passCommands(client: Socket, server: Socket, plan: Plan | null, line: Line): void {
    const moment = plan?.moment.kind === 'commands' ? plan.moment : null;
    let heard = 0;
    client.on('data', (chunk) => {
      server.write(chunk);
      if (moment === null) return;
      const before = heard;
      heard += chunk.toString('latin1').split(moment.verb).length - 1;
      if (before < moment.count && heard >= moment.count) plan?.act(line);
    });
  }

  async #passReplies(
    client: Socket,
    server: Socket,
    held: () => Promise<void>,
    plan: Plan | null,
    line: Line,
  ): Promise<void> {
    const actAt = plan?.moment.kind === 'server-bytes' ? plan.moment.count : Number.POSITIVE_INFINITY;
    let passed = 0;
    try {
      for await (const chunk of server as AsyncIterable<Buffer>)
        for (let at = 0; at < chunk.length && !client.destroyed; ) {
          const untilAct = passed < actAt ? actAt - passed : pieceBytes;
          const length = Math.min(pieceBytes, chunk.length - at, untilAct);
          client.write(chunk.subarray(at, at + length));
          at += length;
          passed += length;
          if (passed === actAt) plan?.act(line);
          await pause(restMs);
          await held();
        }
      client.end();
    } catch {
      // The line was broken on purpose.
    }
  }
}
