import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { type Moment, Relay } from '../servers/relay.ts';
import { randomFrom } from '../store/random.ts';
import { fetchArguments, fetchHere, type Run } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';

/** One run of `fetch --delete` that something is done to; a null moment lies outside of the session. */
export type Disturbed = (
  relay: Relay,
  moment: Moment | null,
  random: () => number,
  args: readonly string[],
) => Promise<Run>;

/** What came of many disturbed runs over one store. */
export type Drained = {
  /** What was not as promised on the way, in words. */
  readonly findings: readonly string[];
  readonly stored: readonly string[];
  readonly expected: readonly string[];
  readonly disturbances: number;
  readonly maildrops: number;
};

const messagesAtOnce = 60;

/** A moment of a session over so many bytes: while messages come, while they are deleted, at its end, or outside. */
function momentFrom(random: () => number, bytes: number): Moment | null {
  const choice = random();
  if (choice < 0.5) return { kind: 'server-bytes', count: 1 + Math.floor(random() * bytes) };
  if (choice < 0.7)
    return { kind: 'commands', verb: 'DELE ', count: 1 + Math.floor(random() * messagesAtOnce) };
  return choice < 0.85 ? { kind: 'commands', verb: 'QUIT', count: 1 } : null;
}

/**
 * Fills a maildrop with 60 messages and drains it with disturbed runs until one gets through; fills it again, until
 * so many runs have been disturbed; compares the store with everything there ever was.
 */
export async function drainUntilDisturbed(
  seed: number,
  disturbances: number,
  disturbed: Disturbed,
): Promise<Drained> {
  const random = randomFrom(seed);
  const store = mkdtempSync(join(tmpdir(), 'poppy-drained-'));
  await using dovecot = await startDovecot({ withoutTls: true });
  await using relay = new Relay(dovecot.plainPort);
  const args = fetchArguments({ port: await relay.listen(), store, leave: 'delete' });
  const mail = maildropA(100_000, seed);
  const originals: Buffer[] = [];
  const findings: string[] = [];
  let count = 0;
  let maildrops = 0;
  while (count < disturbances) {
    const fresh = Array.from({ length: messagesAtOnce }, () => mail.next().value as Buffer);
    for (const message of fresh) dovecot.addMessage(message);
    originals.push(...fresh);
    maildrops += 1;
    const bytes = fresh.reduce((sum, message) => sum + message.length, 0);
    let isThrough = false;
    for (let left = bytes; count < disturbances && !isThrough; left *= 0.8) {
      const run = await disturbed(relay, momentFrom(random, left), random, args);
      isThrough = run.code === 0;
      if (!isThrough) count += 1;
      if (!isThrough && !isExpected(run)) findings.push(`${JSON.stringify(run.rows)} ${run.errors}`);
    }
    relay.plan(null);
    if (!isThrough) {
      const last = await fetchHere(args);
      if (last.code !== 0) findings.push(`last run: ${JSON.stringify(last.rows)} ${last.errors}`);
    }
    const left = await dovecot.readMaildrop();
    if (left.length > 0) findings.push(`${left.length} left on the server`);
  }
  const { messages, damaged } = await contentsOf(store);
  await rm(store, { recursive: true });
  return {
    findings: [...findings, ...damaged],
    stored: messages,
    expected: fingerprints(originals),
    disturbances: count,
    maildrops,
  };
}

/** Killed, or told by its exit code that the line or the server failed. */
function isExpected(run: Run): boolean {
  return run.isKilled || ((run.code === 3 || run.code === 7) && run.errors === '');
}
