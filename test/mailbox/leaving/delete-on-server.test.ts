import { expect, test } from 'vitest';
import { type DeletionWork, deleteOnServer } from '../../../electron/mailbox/leaving/delete-on-server.ts';
import { ledgerBook } from '../../../electron/mailbox/leaving/deletion-book.ts';
import type { DeletionGround, PlannedDeletion } from '../../../electron/mailbox/leaving/planned-deletion.ts';
import { UndoUntilQuit } from '../../../electron/mailbox/leaving/undo-until-quit.ts';
import { Pop3SessionError } from '../../../electron/pop3/replies/failure.ts';
import type { QuitOutcome } from '../../../electron/pop3/session.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { freshStore, id } from '../maildrop-fixture.ts';

const grounds: readonly DeletionGround[] = [
  { kind: 'stored-here', storedBytes: 30 },
  { kind: 'asked-before', isHeldHere: true },
  { kind: 'chosen' },
  { kind: 'by-rule', ruleId: 'unwanted' },
];

/** One message on each ground, its id the name of the ground. */
const deletions = grounds.map((ground, index): PlannedDeletion => {
  const { kind: uidl } = ground;
  return {
    number: index + 1,
    key: asLedgerKey(`${uidl}#1`),
    uidl,
    sizeBytes: 30,
    from: '',
    subject: '',
    ground,
  };
});

type Behaviour = { dele?: 'lost' | 'refused'; quit?: QuitOutcome['outcome']; atDele?: () => void };

const lost = new Pop3SessionError({ kind: 'connection-lost', step: 'delete', canRetry: true });

/** A session that answers as told, and the commands it was asked for. */
function sessionThat({ dele, quit = 'applied', atDele }: Behaviour) {
  const said: string[] = [];
  const pendingDeletions = new Set<number>();
  const session: DeletionWork['session'] = {
    pendingDeletions,
    delete: async (numbers) => {
      said.push(`DELE ${numbers.join(' ')}`);
      if (dele === 'lost') throw lost;
      atDele?.();
      if (dele === 'refused')
        return { sent: [], refused: numbers.map((number) => ({ number, failure: lost.failure })) };
      for (const number of numbers) pendingDeletions.add(number);
      return { sent: numbers, refused: [] };
    },
    rset: async () => {
      said.push('RSET');
    },
    quit: async () => {
      said.push('QUIT');
      return { outcome: quit };
    },
    close: () => {
      said.push('close');
    },
  };
  return { session, said };
}

/** States in the ledger by ground, the log, and what was said, when all four were to be deleted. */
async function after(behaviour: Behaviour, undo = new UndoUntilQuit()) {
  await using fresh = await freshStore();
  const ledger = fresh.store.ledger(id);
  await ledger.reconcile(deletions.map(({ uidl, sizeBytes }) => ({ uidl, sizeBytes, occurrence: 1 })));
  await ledger.setDeletePending([asLedgerKey('asked-before#1')]);
  const { session, said } = sessionThat(behaviour);
  const work = { session, book: ledgerBook(fresh.tools, id), deletions: [...deletions].reverse(), undo };
  const result = await deleteOnServer(work).catch((error: unknown) => {
    if (error !== lost) throw error;
    return { outcome: 'lost' };
  });
  return {
    outcome: result.outcome,
    states: grounds.map(({ kind }) => ledger.entry(asLedgerKey(`${kind}#1`))?.state),
    logged: fresh.store.history
      .serverDeletions(id)
      .map(({ uidl, outcome }) => `${uidl} ${outcome}`)
      .sort(),
    said,
  };
}

const [all, pending, sent, seen] = ['DELE 1 2 3 4', 'delete-pending', 'delete-sent', 'seen'];

test('what QUIT confirmed is sent; what was chosen or deleted by a rule is in the log', async () => {
  expect(await after({})).toEqual({
    outcome: 'applied',
    states: [sent, sent, sent, sent],
    logged: ['by-rule applied', 'chosen applied'],
    said: [all, 'QUIT'],
  });
});

test('a QUIT without an answer leaves all pending until the next listing, and the log says so', async () => {
  expect(await after({ quit: 'unknown' })).toEqual({
    outcome: 'unknown',
    states: [pending, pending, pending, pending],
    logged: ['by-rule unknown', 'chosen unknown'],
    said: [all, 'QUIT'],
  });
});

test('a QUIT that was refused ends only the wish of a rule, which judges anew', async () => {
  expect(await after({ quit: 'refused' })).toEqual({
    outcome: 'refused',
    states: [pending, pending, pending, seen],
    logged: ['chosen refused'],
    said: [all, 'QUIT'],
  });
});

test('a DELE that was refused is in no log, although QUIT was answered', async () => {
  expect(await after({ dele: 'refused' })).toEqual({
    outcome: 'applied',
    states: [pending, pending, pending, seen],
    logged: [],
    said: [all, 'QUIT'],
  });
});

test('a line lost among the DELEs leaves to later checks what they can decide, and nothing that was chosen', async () => {
  expect(await after({ dele: 'lost' })).toEqual({
    outcome: 'lost',
    states: [pending, pending, seen, seen],
    logged: [],
    said: [all],
  });
});

test('taken back after the last DELE, before QUIT: all this session wanted is as before, by RSET', async () => {
  const undo = new UndoUntilQuit();
  expect(await after({ atDele: () => undo.undo() }, undo)).toEqual({
    outcome: 'taken-back',
    states: [seen, pending, seen, seen],
    logged: [],
    said: [all, 'RSET'],
  });
});

test('an undo is possible until QUIT is to be written, and not from then on', async () => {
  const undo = new UndoUntilQuit();
  const { session } = sessionThat({});
  await using fresh = await freshStore();
  let wasUndone = true;
  const result = await deleteOnServer({
    ...{ session, undo, deletions, book: ledgerBook(fresh.tools, id) },
    onQuit: () => {
      wasUndone = undo.undo();
    },
  });
  expect([wasUndone, result.outcome, undo.signal.aborted]).toEqual([false, 'applied', false]);
});
