/*
 * How an entry of the ledger changes.
 *
 * The ledger knows the state of each message on its server, as far as this computer can know it. Every change of a
 * state asks the table below. A transition that is not in the table cannot happen.
 */

/** The states of a message that leaves the server. The index has a separate list of the entries in them. */
const departingStates = ['delete-pending', 'delete-sent', 'gone'] as const;

/** State of an entry of the ledger. The index stores the position in this list. The departing states must come last. */
export const ledgerStates = ['seen', 'stored', 'partial', 'skipped', ...departingStates] as const;

/** One of the states of a message that leaves the server. */
export type DepartingState = (typeof departingStates)[number];

/**
 * SQL that holds for all departing states. It must read exactly like the condition of their index; else SQLite does not
 * use that index.
 */
export const isDeparting = `state >= ${ledgerStates.length - departingStates.length}`;

/** Whether a message has left the maildrop, or may have left it: QUIT's answer to a deletion can be lost. */
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

/** The copy of a message that is held here. `held` in the table below means: go to the state for that copy. */
export type Held = 'stored' | 'partial' | 'nothing';

type Target = LedgerState | 'held';

/** All transitions. RFC 1939 §6: deletions happen only at QUIT, so `gone` needs a later listing. */
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
    // It was stored on the way out ("keep a copy here first"). It must still be deleted there.
    stored: 'delete-pending',
    'partly-stored': 'delete-pending',
    'delete-asked': 'delete-pending',
    'delete-taken-back': 'held',
    'delete-sent': 'delete-sent',
  },
  'delete-sent': {
    'other-listed': 'seen',
    // The server said +OK and still has it. Ask again.
    listed: 'delete-pending',
    missing: 'gone',
    stored: 'delete-sent',
    'partly-stored': 'delete-sent',
    'delete-asked': 'delete-pending',
    'delete-sent': 'delete-sent',
  },
  gone: {
    'other-listed': 'seen',
    // It has come back. A message that is held here is not fetched again.
    listed: 'held',
    missing: 'gone',
    stored: 'stored',
    'partly-stored': 'partial',
  },
};

/** The state after an event; null when the event does not apply to the state and nothing changes. */
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

/** State for a number. An unknown number is read as `seen`, which fetches the message again and loses nothing. */
export function ledgerStateOf(number: number): LedgerState {
  return ledgerStates[number] ?? 'seen';
}
