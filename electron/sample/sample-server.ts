import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { sampleAddress } from './compose-message.ts';
import { Maildrop, type SampleMessage } from './maildrop.ts';
import { type Dialogue, startDialogue } from './pop3-dialogue.ts';
import { sampleMessages } from './sample-messages.ts';

/*
 * How the sample mailbox works.
 *
 * The sample mailbox lets a person try Poppy without an account of their own. It is a real POP3 server over real
 * sockets, but only on the loopback interface, and a maildrop in memory (maildrop.ts). The dialogue follows the RFCs
 * (pop3-dialogue.ts).
 *
 * All mail in it is written by us or made by code. Ids and bytes are the same at every start, except for dates, so that
 * no message is fetched twice.
 */

/** A running sample mailbox and how to reach it. */
export type SampleServer = {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Address of the recipient of its mail. */
  readonly address: string;
  /** Adds a message, as if it had just arrived. */
  deliver(message: SampleMessage): void;
  /** Stops listening and drops every open session. Deletions marked in them are not applied. */
  stop(): Promise<void>;
};

/** The content of a sample mailbox at its start. Every field may be left out. */
export type SampleServerOptions = {
  /** The maildrop, oldest first. */
  readonly messages?: readonly SampleMessage[];
  /** Ids of messages removed in earlier runs. They do not come back. */
  readonly removedUidls?: readonly string[];
  /** Called at QUIT with the ids of the messages that have just been removed. */
  readonly onRemoved?: (uidls: readonly string[]) => void;
};

/** Longest command line that is read, bytes. RFC 2449 §4 allows 255. */
const longestCommandBytes = 1024;

/** A silent session is closed after this long, ms. RFC 1939 §3 asks for at least ten minutes. */
const idleTimeoutMs = 10 * 60_000;

/**
 * Starts a small real POP3 server on the loopback interface. Its user name and password are made anew at each start. It
 * uses no encryption, because nothing leaves this computer.
 */
export async function startSampleServer(options: SampleServerOptions = {}): Promise<SampleServer> {
  const removed = new Set(options.removedUidls);
  const messages = (options.messages ?? sampleMessages(Date.now())).filter(({ uidl }) => !removed.has(uidl));
  const maildrop = new Maildrop(messages, options.onRemoved ?? (() => undefined));
  const credentials = { user: `sample-${word(4)}`, password: word(18) };
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void serve(socket, startDialogue(maildrop, credentials));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    ...credentials,
    address: sampleAddress,
    deliver: (message) => maildrop.deliver(message),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function word(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** Runs one session to its end. A broken connection ends only that session. */
async function serve(socket: Socket, conversation: Dialogue): Promise<void> {
  socket.setNoDelay(true);
  socket.setTimeout(idleTimeoutMs, () => socket.destroy());
  socket.once('close', () => conversation.abandon());
  try {
    await write(socket, [Buffer.from('+OK the Poppy sample mailbox is ready\r\n')]);
    for await (const line of commandLines(socket)) {
      const reply = conversation.answer(line);
      await write(socket, reply.slices);
      if (reply.closes) break;
    }
    socket.end();
  } catch {
    // The other side left in the middle. The lock is released on 'close', and nobody is there to tell.
    socket.destroy();
  }
}

/** Command lines as they arrive, pipelined or byte by byte. Reading waits while a reply is being written. */
async function* commandLines(socket: Socket): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n')) {
      yield rest.toString('utf8', 0, end).replace(/\r$/, '');
      rest = rest.subarray(end + 1);
    }
    if (rest.length > longestCommandBytes) throw new Error('command line is too long');
  }
}

/** Writes slices in order. Waits while the other side reads more slowly. */
async function write(socket: Socket, slices: readonly Buffer[]): Promise<void> {
  socket.cork();
  for (const slice of slices) {
    if (socket.destroyed) throw new Error('connection closed');
    if (socket.write(slice)) continue;
    socket.uncork();
    await drained(socket);
    socket.cork();
  }
  socket.uncork();
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      socket.off('drain', onDrain);
      socket.off('close', onClose);
    };
    const onDrain = () => {
      settle();
      resolve();
    };
    const onClose = () => {
      settle();
      reject(new Error('connection closed'));
    };
    socket.on('drain', onDrain);
    socket.on('close', onClose);
  });
}
