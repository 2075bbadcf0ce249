import { once } from 'node:events';
import { connect } from 'node:net';

/** A raw POP3 client for tests: sends lines, and collects replies as latin1 text. */
export type Talk = {
  /** Sends one command and waits for a one-line reply. */
  say(command: string): Promise<string>;
  /** Sends one command and waits for a reply that ends with a dot, which it leaves out; dots are un-stuffed. */
  ask(command: string): Promise<string>;
  /** Sends bytes as they are. */
  send(bytes: string): void;
  /** The next whole line. */
  line(): Promise<string>;
  /** Resolves when the server has closed the connection. */
  closed(): Promise<void>;
  close(): void;
};

/** Connects and reads the greeting. */
export async function talkTo(port: number): Promise<Talk> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  let buffer = Buffer.alloc(0);
  let wake: () => void = () => undefined;
  let isClosed = false;
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    wake();
  });
  socket.on('error', () => wake());
  const whenClosed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      wake();
      resolve();
    });
  });
  async function until(mark: string): Promise<string> {
    let seen = 0;
    for (;;) {
      const at = buffer.indexOf(mark, Math.max(0, seen - mark.length), 'latin1');
      if (at !== -1) {
        const text = buffer.toString('latin1', 0, at);
        buffer = buffer.subarray(at + mark.length);
        return text;
      }
      seen = buffer.length;
      if (isClosed) throw new Error('closed');
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const talk: Talk = {
    send: (bytes) => {
      socket.write(bytes, 'latin1');
    },
    line: () => until('\r\n'),
    say: (command) => {
      talk.send(`${command}\r\n`);
      return talk.line();
    },
    ask: async (command) => {
      talk.send(`${command}\r\n`);
      const text = await until('\r\n.\r\n');
      return `${text}\r\n`.replace(/\r\n\.\./g, '\r\n.');
    },
    closed: () => whenClosed,
    close: () => socket.destroy(),
  };
  await talk.line();
  return talk;
}

/** Connects and signs in. */
export async function signedIn(server: { port: number; user: string; password: string }): Promise<Talk> {
  const talk = await talkTo(server.port);
  await talk.say(`USER ${server.user}`);
  await talk.say(`PASS ${server.password}`);
  return talk;
}
