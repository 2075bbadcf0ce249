// node build/bench/run-bench.mjs gigabyte: one message of 1 GB (POPPY_MESSAGE_MB), and how much memory it takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openPop3Session } from '../../electron/pop3/session.ts';

/** Size of the one message; 1 GB unless told otherwise. */
const sizeBytes = Number(process.env.POPPY_MESSAGE_MB ?? 1000) * 1e6;
const piece = Buffer.from(`${'x'.repeat(76)}\r\n..${'y'.repeat(73)}\r\n`.repeat(400));

async function sendMessage(socket: Socket): Promise<void> {
  socket.write('+OK\r\n');
  for (let sent = 0; sent < sizeBytes; sent += piece.length)
    if (!socket.write(piece)) await once(socket, 'drain');
  socket.write('.\r\n');
}

/** Serves one message, as large as asked for, in a process of its own. */
async function serve(): Promise<void> {
  const server = createServer((socket) => {
    socket.write('+OK\r\n');
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').slice(0, -1)) {
        if (line === 'CAPA') socket.write('-ERR\r\n');
        else if (line.startsWith('RETR')) void sendMessage(socket);
        else socket.write('+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(String((server.address() as AddressInfo).port));
}

async function fetchOne(port: number): Promise<void> {
  const session = await openPop3Session({
    host: '127.0.0.1',
    port,
    security: 'none',
    plaintextConsent: true,
    user: 'anna',
    credential: { kind: 'password', password: 'secret' },
    mechanism: 'auto',
  });
  await session.noop();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const start = performance.now();
  const { bytes } = await session.retrieve([{ number: 1, sizeBytes }], {
    begin: () => undefined,
    chunk: () => undefined,
    end: () => undefined,
    refused: () => undefined,
  });
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  session.close();
  const result = {
    scenario: 'one message',
    megabytes: bytes / 1e6,
    seconds,
    growthMb: (peak - before) / 2 ** 20,
  };
  console.log(JSON.stringify(result, null, 2));
}

if (process.argv.includes('--serve')) await serve();
else {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  await fetchOne(Number(port));
  child.kill();
}
