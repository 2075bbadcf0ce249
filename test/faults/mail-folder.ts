import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { command, fetchArguments, fetchHere, type Run } from './command-line.ts';
import { fingerprints } from './contents.ts';

/** A store that has fetched a maildrop and left it on the server. */
export type FetchedStore = AsyncDisposable & {
  readonly store: string;
  readonly dovecot: DovecotServer;
  /** Fingerprints of what was fetched. */
  readonly expected: readonly string[];
  /** Another check that keeps everything on the server, without the wait for a process to start. */
  check(store?: string): Promise<Run>;
};

/** Starts a Dovecot with these messages and fetches them, in a process of its own. */
export async function fetchedStore(messages: readonly Buffer[]): Promise<FetchedStore> {
  const store = mkdtempSync(join(tmpdir(), 'poppy-fetched-'));
  const dovecot = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages }],
    withoutTls: true,
  });
  const argumentsFor = (folder: string) =>
    fetchArguments({ port: dovecot.plainPort, store: folder, leave: 'keep' });
  const check = (folder = store): Promise<Run> => fetchHere(argumentsFor(folder));
  const first = await command(argumentsFor(store));
  if (first.code !== 0) throw new Error(`not fetched: ${JSON.stringify(first)}`);
  return {
    store,
    dovecot,
    expected: fingerprints(messages),
    check,
    async [Symbol.asyncDispose]() {
      await dovecot.stop();
      rmSync(store, { recursive: true, force: true });
    },
  };
}

/** Path of the only segment of a store, or of its n-th. */
export function segmentOf(store: string, number = 1): string {
  const [account = ''] = readdirSync(join(store, 'mail'));
  return join(store, 'mail', account, `${String(number).padStart(6, '0')}.tar`);
}
