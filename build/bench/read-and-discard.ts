// node build/bench/run-bench.mjs read-and-discard [--tls] [--rounds N] [--messages N]: how near the engine is to the
// wire. Reads maildrop A from a private Dovecot and throws it away, by turns with a bare loop that knows no POP3.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { openPop3Session } from '../../electron/pop3/session.ts';
import { startDovecot } from '../../test/servers/dovecot.ts';
import { maildropA } from '../../test/servers/maildrops.ts';

/** What one client is told. */
type Errand = {
  readonly mode: 'bare' | 'poppy';
  readonly port: number;
  readonly authority: string;
  readonly isEncrypted: boolean;
  readonly count: number;
};

type Finding = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes: number;
  readonly growthMb: number;
};

const account = { user: 'anna', password: 'secret' };

/** Every command at once, and then reading until the server hangs up. */
async function bare({ port, isEncrypted, count }: Errand): Promise<number> {
  const socket = isEncrypted
    ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    : connect({ port, host: '127.0.0.1' });
  let bytes = 0;
  return await new Promise((resolve, reject) => {
    socket.once('data', () => {
      let commands = `USER ${account.user}\r\nPASS ${account.password}\r\n`;
      for (let number = 1; number <= count; number++) commands += `RETR ${number}\r\n`;
      socket.write(`${commands}QUIT\r\n`);
    });
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(bytes));
  });
}

async function poppy({ port, authority, isEncrypted }: Errand): Promise<number> {
  const session = await openPop3Session({
    host: '127.0.0.1',
    port,
    security: isEncrypted ? 'tls' : 'none',
    plaintextConsent: true,
    user: account.user,
    credential: { kind: 'password', password: account.password },
    mechanism: 'auto',
    extraAuthorities: [authority],
  });
  const entries = await session.listing();
  let bytes = 0;
  await session.retrieve(entries, {
    begin: () => undefined,
    chunk: (piece) => {
      bytes += piece.length;
    },
    end: () => undefined,
    refused: () => undefined,
  });
  await session.quit();
  return bytes;
}

async function client(errand: Errand): Promise<void> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const bytes = errand.mode === 'bare' ? await bare(errand) : await poppy(errand);
  const seconds = (performance.now() - start) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  clearInterval(watch);
  const finding: Finding = {
    seconds,
    cpuSeconds,
    bytes,
    growthMb: (Math.max(peak, process.memoryUsage.rss()) - before) / 2 ** 20,
  };
  process.stdout.write(JSON.stringify(finding));
}

async function sendClient(errand: Errand): Promise<Finding> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--client'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(errand));
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  return JSON.parse(text) as Finding;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

async function main(): Promise<void> {
  const isEncrypted = process.argv.includes('--tls');
  const count = option('--messages', 10_000);
  const rounds = option('--rounds', 5);
  await using dovecot = await startDovecot({
    users: [{ name: account.user, password: account.password, messages: maildropA(count) }],
  });
  const port = isEncrypted ? dovecot.tlsPort : dovecot.plainPort;
  const common = { port, authority: dovecot.authority, isEncrypted, count };
  // The first session builds Dovecot's index, which is nobody's work here.
  await sendClient({ ...common, mode: 'bare' });
  const findings: Record<Errand['mode'], Finding[]> = { bare: [], poppy: [] };
  for (let round = 0; round < rounds; round++)
    for (const mode of ['bare', 'poppy'] as const) findings[mode].push(await sendClient({ ...common, mode }));
  const seconds = (mode: Errand['mode']) => median(findings[mode].map((finding) => finding.seconds));
  const result = {
    scenario: `read and discard A, ${isEncrypted ? 'TLS' : 'plain'}, ${count} messages`,
    bareSeconds: seconds('bare'),
    poppySeconds: seconds('poppy'),
    ratio: seconds('poppy') / seconds('bare'),
    // Of the client alone: what strangers on the machine cannot blur so much.
    bareCpuSeconds: median(findings.bare.map((finding) => finding.cpuSeconds)),
    poppyCpuSeconds: median(findings.poppy.map((finding) => finding.cpuSeconds)),
    megabytes: (findings.poppy[0]?.bytes ?? 0) / 1e6,
    growthMb: median(findings.poppy.map((finding) => finding.growthMb)),
  };
  console.log(JSON.stringify(result, null, 2));
}

if (process.argv.includes('--client')) {
  let text = '';
  for await (const piece of process.stdin) text += String(piece);
  await client(JSON.parse(text) as Errand);
} else await main();
