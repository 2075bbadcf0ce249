import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DovecotServer, startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { command, fetchArguments, fetchHere, type Run } from './command-line.ts';
import { contentsOf, fingerprints } from './contents.ts';
import { mayMount, SmallDisk } from './small-disk.ts';

const page = 4096;
/** Free pages: one more for each of the first writes, then in growing steps up to where everything has its place. */
const levels = [0, 1, 2, 4, 5, 8, 10, 16, 24, 32, 48, 56, 64, 96, 112, 128, 160, 192, 256, 400];
const diskBytes = 48 * 1024 * 1024;

type Finding = { readonly level: number; readonly what: unknown };

/** Either everything was done, or the disk is full and this is said with its exit code. */
function isHonest(run: Run): boolean {
  const failure = (run.rows[0]?.failure ?? null) as { kind: string } | null;
  return run.errors === '' && (run.code === 0 || (run.code === 8 && failure?.kind === 'disk-full'));
}

async function fillAt(
  level: number,
  disk: SmallDisk,
  dovecot: DovecotServer,
  mail: { readonly before: readonly Buffer[]; readonly after: readonly Buffer[] },
): Promise<{ findings: Finding[]; isFull: boolean }> {
  const findings: Finding[] = [];
  const store = join(disk.folder, `level-${level}`);
  const args = fetchArguments({ port: dovecot.plainPort, store, leave: 'delete' });
  for (const message of mail.before) dovecot.addMessage(message);
  if (mail.before.length > 0) await fetchHere(args);
  for (const message of mail.after) dovecot.addMessage(message);
  disk.fill(level * page);
  const starved = await command(args);
  if (!isHonest(starved)) findings.push({ level, what: starved });
  const left = (await dovecot.readMaildrop()).length;
  disk.makeRoom();
  const all = [...mail.before, ...mail.after];
  const { messages } = await contentsOf(store);
  // What the server has no more must be here, and nothing may be here twice.
  if (messages.length < all.length - left || new Set(messages).size !== messages.length)
    findings.push({ level, what: `${left} left there, ${messages.length} here` });
  const rest = await fetchHere(args);
  if (rest.code !== 0) findings.push({ level, what: rest });
  const after = await contentsOf(store);
  if (after.messages.join() !== fingerprints(all).join() || after.damaged.length > 0)
    findings.push({ level, what: after });
  if ((await dovecot.readMaildrop()).length > 0) findings.push({ level, what: 'mail left on the server' });
  rmSync(store, { recursive: true });
  return { findings, isFull: starved.code !== 0 };
}

const isPossible = mayMount();
const needsMount = isPossible ? '' : ' (passed over: only root can mount a small disk)';

for (const { name, before } of [
  { name: 'a new store', before: 0 },
  { name: 'a store with mail in it', before: 20 },
])
  test.skipIf(!isPossible)(
    `a disk that is full at any write of ${name} is named, and loses and doubles nothing${needsMount}`,
    async () => {
      const mail = [...maildropA(60, 11)];
      using disk = new SmallDisk(diskBytes);
      await using dovecot = await startDovecot({ withoutTls: true });
      const outcomes = [];
      for (const level of levels)
        outcomes.push(
          await fillAt(level, disk, dovecot, { before: mail.slice(0, before), after: mail.slice(before) }),
        );
      const full = outcomes.filter(({ isFull }) => isFull).length;
      expect(outcomes.flatMap(({ findings }) => findings)).toEqual([]);
      // The levels are worth their while only when some of them are too low and some are not.
      expect([full > 8, full < levels.length]).toEqual([true, true]);
    },
  );
