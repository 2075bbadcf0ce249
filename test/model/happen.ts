import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { findKeptAccount } from '../../electron/mailbox/moving/kept-account.ts';
import { restoreBackup } from '../../electron/mailbox/moving/restore-backup.ts';
import { LiveServerView } from '../../electron/mailbox/server-view/live-server-view.ts';
import { Transcript } from '../../electron/pop3/connection/transcript.ts';
import type { Event, StoreEvent, Viewing } from './histories.ts';
import { essenceOf } from './letter-bytes.ts';
import { id, type World } from './world.ts';

/* What each event of a history does to its world. */

/** Lets one event happen. */
export async function happen(world: World, event: Event): Promise<void> {
  const { server } = world;
  const letter = 'at' in event ? server.letters[event.at % Math.max(1, server.letters.length)] : undefined;
  switch (event.kind) {
    case 'check':
      return world.check(event.keeping);
    case 'arrives':
      return world.arrive(event);
    case 'removed elsewhere':
      if (letter !== undefined) server.removeElsewhere(letter);
      return;
    case 'ids anew':
      return server.beginIdsAnew();
    case 'made anew':
      return server.makeAnew();
    case 'fault':
      if (letter !== undefined)
        server.faults.push({ serial: letter.serial, kind: event.fault, left: event.times });
      return;
    case 'size misstated':
      if (letter !== undefined) letter.misstatedBy = event.by;
      return;
    case 'interrupted':
      return world.interrupt(event.how, event.after, event.isCarriedOut);
    case 'quit fault':
      server.quitFault = event.fault;
      return;
    case 'capa lost':
      server.losesCapa = true;
      return;
    case 'quota':
      server.quota = event.letters;
      return;
    case 'days pass':
      world.now += event.days * 24 * 60 * 60_000;
      return;
    case 'viewed':
      return view(world, event);
    default:
      return happenToStore(world, event);
  }
}

async function happenToStore(world: World, event: StoreEvent): Promise<void> {
  switch (event.kind) {
    case 'restarted':
    case 'index lost':
      await world.closeStore();
      return world.open(world.folder, event.kind === 'index lost');
    case 'trash emptied':
      for (const { bytes } of await stored(world, 'trash')) world.forgotten.add(essenceOf(bytes));
      await world.store.trash.empty(id);
      return;
    case 'compacted':
      await world.store.upkeep.compact(id);
      return;
    case 'moved':
      world.server.move('X-Moved: here');
      return trust(world, event.trust);
    case 'added again':
      // Only an account that was checked once has mail that is known again.
      if (findKeptAccount(world.store.maildrops.all(), [], world.account('keep')) !== null)
        await trust(world, event.trust);
      return;
    case 'backed up':
      return backUp(world);
    case 'restored':
      return restore(world, event.into);
    case 'deleted here':
      return deleteHere(world, event);
  }
}

/** What adding an account does to the ledger that was kept. */
async function trust(world: World, how: 'same' | 'perhaps' | 'other'): Promise<void> {
  const ledger = world.store.ledger(id);
  if (how === 'perhaps') await ledger.doubtIds();
  if (how === 'other') await ledger.forgetAll();
}

/** Messages of a folder, or of all, with their bytes. */
export async function stored(world: World, only?: 'trash') {
  const { store } = world;
  const folders = only === undefined ? (['inbox', 'archive', 'trash'] as const) : [only];
  const ids = folders.flatMap((folder) =>
    store.lists.ids({ place: { kind: 'folder', folder, accountId: null } }),
  );
  const rows = store.messages.summaries(ids);
  return Promise.all(rows.map(async (row) => ({ row, bytes: await world.bytesOf(row) })));
}

const backupPath = (world: World) => join(world.root, `backup-${world.backups}.tar`);
const copyPath = (world: World) => join(world.root, `copy-${world.backups}`);

async function backUp(world: World): Promise<void> {
  world.backups += 1;
  const written = await world.store.upkeep.backUpWhole(backupPath(world));
  if (!written.ok) throw new Error(written.failure.kind);
  await world.closeStore();
  cpSync(world.folder, copyPath(world), { recursive: true });
  await world.open(world.folder);
}

async function restore(world: World, into: 'this store' | 'a new store' | 'an older copy'): Promise<void> {
  if (world.backups === 0) return;
  if (into !== 'this store') {
    await world.closeStore();
    // What came after the backup went with the disk.
    world.lostWithStore = world.server.deleted.length;
    const folder = world.nextFolder();
    if (into === 'an older copy') cpSync(copyPath(world), folder, { recursive: true });
    await world.open(folder);
    if (into === 'an older copy') return;
  }
  const restored = await restoreBackup(world.store, {
    path: backupPath(world),
    accounts: [world.account('keep')],
    onProgress: () => undefined,
  });
  if (!restored.ok) throw new Error(restored.failure.kind);
}

async function deleteHere(
  world: World,
  { at, isThereToo, isUndone }: Extract<Event, { kind: 'deleted here' }>,
): Promise<void> {
  const ids = world.store.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: null } });
  const one = ids[at % Math.max(1, ids.length)];
  if (one === undefined) return;
  const deleted = await world.deletions.delete({ kind: 'ids', ids: [one] }, isThereToo);
  if (!deleted.ok) throw new Error(deleted.failure.kind);
  if (isUndone) await world.deletions.undo(deleted.value.undoToken);
}

/** A person plans something for rows of the server view, and applies it. */
async function view(world: World, { rows, plan, keepsCopy, meanwhile, isTakenBack }: Viewing): Promise<void> {
  const { server } = world;
  const live = new LiveServerView(world.tools, world.account('keep'), new Transcript(), {
    onChanged: () => undefined,
    onHeaders: () => undefined,
  });
  try {
    if (!(await live.open()).ok) return;
    const shown = live.rows.page({ by: 'date', descending: false }, 0, 100).rows;
    const chosen = rows.flatMap((at) => shown[at % Math.max(1, shown.length)]?.key ?? []);
    const letters = chosen.flatMap((key) => server.numbered[(live.rows.get(key)?.number ?? 0) - 1] ?? []);
    await live.plan(chosen, plan);
    if (meanwhile !== 'nothing') {
      live.rest();
      const [first] = server.letters;
      if (meanwhile === 'ids-anew') server.beginIdsAnew();
      if (meanwhile === 'first-removed' && first !== undefined) server.removeElsewhere(first);
      if (meanwhile === 'arrival') world.arrive({ lines: 3, lacksEnd: false, isTwin: false });
      await live.open();
    }
    if (isTakenBack) await live.undo();
    else if (plan === 'delete') for (const { serial } of letters) world.asked.add(serial);
    await live.apply(keepsCopy);
  } finally {
    await live.close();
    await world.afterWork();
  }
}
