/*
 * The life of one message on the server, as this computer knows it. Everything that changes a state asks the table
 * below, and the table is all there is: what it does not name cannot happen.
 */

/** The states with which a message leaves the server. The index has a list of its own of the entries in them. */
const departingStates = ['delete-pending', 'delete-sent', 'gone'] as const;

/** Where an entry of the ledger stands; the index keeps the position in this list, and the departing states last. */
export const ledgerStates = ['seen', 'stored', 'partial', 'skipped', ...departingStates] as const;

/** One of the states with which a message leaves the server. */
export type DepartingState = (typeof departingStates)[number];

/** SQL that holds for all departing states. It must say the same as the index of them, or SQLite does not use that. */
export const isDeparting = `state >= ${ledgerStates.length - departingStates.length}`;

/** Whether a message is not in the maildrop any more, or perhaps not: QUIT's answer to a deletion may have been lost. */
export function mayHaveLeft(state: LedgerState): state is DepartingState {
  return departingStates.some((departing) => departing === state);
}

/** State of one entry of the ledger. */
export type LedgerState = (typeof ledgerStates)[number];

/**
 * What can happen to an entry:
 * - `listed`: a listing of the server has it
 * - `other-listed`: a listing has its id, but perhaps for another message
 * - `missing`: a complete and believable listing does not have it
 * - `stored`, `partly-stored`: its bytes are durable here, whole or only the beginning
 * - `skipped`: a rule or a limit says it is not to be fetched
 * - `delete-asked`: it is to be deleted on the server
 * - `delete-taken-back`: it is to stay after all
 * - `delete-sent`: DELE was answered +OK and then QUIT was answered +OK
 */
export type LedgerEvent =
  | 'listed'
  | 'other-listed'
  | 'missing'
  | 'stored'
  | 'partly-stored'
  | 'skipped'
  | 'delete-asked'
  | 'delete-taken-back'
  | 'delete-sent';

/** What is held here of a message; `held` in the table below means: go to the state that says so. */
export type Held = 'stored' | 'partial' | 'nothing';

type Target = LedgerState | 'held';

/** Every transition there is. RFC 1939 §6: only QUIT makes deletions happen, so `gone` needs a later listing. */
export const ledgerTransitions: Readonly<
  Record<LedgerState | 'unknown', Partial<Readonly<Record<LedgerEvent, Target>>>>
> = {
  unknown: {
    listed: 'seen',
    stored: 'stored',
    'partly-stored': 'partial',
    skipped: 'skipped',
    'delete-asked': 'delete-pending',
  },
  seen: {
    'other-listed': 'seen',
    listed: 'seen',
    missing: 'gone',
    stored: 'stored',
    'partly-stored': 'partial',
    skipped: 'skipped',
    'delete-asked': 'delete-pending',
  },
  stored: {
    'other-listed': 'seen',
    listed: 'stored',
    missing: 'gone',
    stored: 'stored',
    'delete-asked': 'delete-pending',
  },
  partial: {
    'other-listed': 'seen',
    listed: 'partial',
    missing: 'gone',
    stored: 'stored',
    'partly-stored': 'partial',
    'delete-asked': 'delete-pending',
  },
  skipped: {
    'other-listed': 'seen',
    listed: 'skipped',
    missing: 'gone',
    stored: 'stored',
    'partly-stored': 'partial',
    skipped: 'skipped',
    'delete-asked': 'delete-pending',
  },
  'delete-pending': {
    'other-listed': 'seen',
    listed: 'delete-pending',
    missing: 'gone',
    // Stored on the way out ("keep a copy here first"): it is still to be deleted there.
    stored: 'delete-pending',
    'partly-stored': 'delete-pending',
    'delete-asked': 'delete-pending',
    'delete-taken-back': 'held',
    'delete-sent': 'delete-sent',
  },
  'delete-sent': {
    'other-listed': 'seen',
    // The server said +OK and has it still: ask again.
    listed: 'delete-pending',
    missing: 'gone',
    stored: 'delete-sent',
    'partly-stored': 'delete-sent',
    'delete-asked': 'delete-pending',
    'delete-sent': 'delete-sent',
  },
  gone: {
    'other-listed': 'seen',
    // It has come back; what is held here is not fetched again.
    listed: 'held',
    missing: 'gone',
    stored: 'stored',
    'partly-stored': 'partial',
  },
};

/** Where an event leads, or null when it does not apply to that state and nothing changes. */
export function nextLedgerState(
  from: LedgerState | null,
  event: LedgerEvent,
  held: Held = 'nothing',
): LedgerState | null {
  const target = ledgerTransitions[from ?? 'unknown'][event];
  if (target === undefined) return null;
  if (target !== 'held') return target;
  return held === 'nothing' ? 'seen' : held;
}

/** Number under which the index keeps a state. */
export function ledgerStateNumber(state: LedgerState): number {
  return ledgerStates.indexOf(state);
}

/** State kept under a number; a number that none has is read as `seen`, which fetches again and loses nothing. */
export function ledgerStateOf(number: number): LedgerState {
  return ledgerStates[number] ?? 'seen';
}
