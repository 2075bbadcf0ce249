import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDovecot } from '../../test/servers/dovecot.ts';
import { maildropA, maildropB, maildropC } from '../../test/servers/maildrops.ts';
import { fetchers, type Run, type Target, timed } from './peers.ts';

/*
 * npm run bench -- fetch [--drop A|B|C|S] [--count N] [--rounds N] [--programs poppy,mpop] [--again] [--tls] [--json]
 *
 * One whole maildrop from a private Dovecot into a new, empty store, by Poppy's command line and by its peers in
 * turn. Medians of the wall time, start of the program included, and the most memory it held (Linux). The page cache is
 * warm; nothing is deleted until all is over, because a file system is slow right after. With --again each program then
 * checks the same maildrop once more, with nothing new in it; of Poppy's process also the check alone is told.
 */

const { values } = parseArgs({
  options: {
    drop: { type: 'string', default: 'A' },
    count: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    programs: { type: 'string', default: 'poppy,mpop,fetchmail' },
    again: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const drops = {
  A: { make: maildropA, count: 10_000, delayMs: 0 },
  B: { make: maildropB, count: 200, delayMs: 0 },
  C: { make: maildropC, count: 100_000, delayMs: 0 },
  // 1 MB over a line of 50 ms there and back.
  S: { make: maildropA, count: 200, delayMs: 25 },
};
const drop = drops[values.drop as keyof typeof drops];
const count = Number(values.count ?? drop.count);
const folder = mkdtempSync(join(tmpdir(), 'poppy-bench-'));

/** A relay that holds every piece back, so that the line has a length. */
async function delayed(port: number, delayMs: number): Promise<{ port: number; server: Server }> {
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pass = (from: Socket, to: Socket): void => {
      from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs));
      from.on('end', () => setTimeout(() => to.end(), delayMs));
      from.on('error', () => to.destroy());
    };
    pass(near, far);
    pass(far, near);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return { port: (server.address() as AddressInfo).port, server };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

type Measured = { readonly seconds: number[]; readonly megabytes: number[] };

const measured = new Map<string, Measured>();

function note(name: string, round: number, { seconds, peakBytes }: Run): void {
  const known = measured.get(name) ?? { seconds: [], megabytes: [] };
  known.seconds.push(seconds);
  known.megabytes.push(peakBytes / 1e6);
  measured.set(name, known);
  process.stderr.write(`round ${round + 1}: ${name} ${seconds.toFixed(2)} s\n`);
}

async function measure(target: Target): Promise<void> {
  const wanted = fetchers.filter(({ name }) => values.programs.split(',').includes(name));
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const { name, command, stored } of wanted) {
      const place = join(folder, `${name}-${round}`);
      mkdirSync(place);
      const run = await timed(command(target, place), place);
      if (run === undefined) continue;
      const found = stored(place);
      if (found !== count) throw new Error(`${name} stored ${found} of ${count} messages`);
      note(name, round, run);
      const again = values.again ? await timed(command(target, place), place) : undefined;
      if (again === undefined) continue;
      note(`${name}, nothing new`, round, again);
      if (again.checkSeconds !== undefined)
        note(`${name}, nothing new, the check alone`, round, { ...again, seconds: again.checkSeconds });
    }
}

/** What a program's time is compared with: the same work of Poppy. */
function ofPoppy(name: string): number {
  return median(measured.get(name.includes(', nothing new') ? 'poppy, nothing new' : 'poppy')?.seconds ?? []);
}

const server = await startDovecot({
  users: [{ name: 'anna', password: 'secret', messages: drop.make(count) }],
});
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, server.authority);
const serverPort = values.tls ? server.tlsPort : server.plainPort;
const relay = drop.delayMs > 0 ? await delayed(serverPort, drop.delayMs) : undefined;
try {
  // The first listing makes Dovecot write its index; no program should pay for that.
  await server.readMaildrop();
  const { host } = server;
  const port = relay?.port ?? serverPort;
  const isTls = values.tls;
  await measure({ host, port, isTls, authorityFile, user: 'anna', password: 'secret' });
  const table = [...measured].map(([program, { seconds, megabytes }]) => ({
    program,
    median: Number(median(seconds).toFixed(3)),
    fastest: Number(Math.min(...seconds).toFixed(3)),
    'poppy / this': Number((ofPoppy(program) / median(seconds)).toFixed(3)),
    'most MB': Math.round(Math.max(...megabytes)),
  }));
  if (values.json) console.log(JSON.stringify({ drop: values.drop, count, isTls, table }));
  else console.table(table);
} finally {
  relay?.server.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
