/* What a random server is like, as plain data: a property library makes it up and shrinks it. */

/** How a server does what RFC 1939 leaves open, or does it wrong. */
export type Habits = {
  /** What UIDL says: an id that lasts, the message number, one id for all, or nothing at all. */
  readonly ids: 'lasting' | 'numbers' | 'shared' | 'none';
  /** What LIST says of a size: the truth, one byte less for each line, a constant more, or any number. */
  readonly sizes: 'exact' | 'bare-lines' | 'constant' | 'drifting';
  /** What the status of RETR says of a size: the truth, what LIST says, or nothing. */
  readonly statusSays: 'truth' | 'listed' | 'nothing';
  readonly newestFirst: boolean;
  /** Whether TOP is known, refused, or answered with headers that are no letter's. */
  readonly top: 'known' | 'refused' | 'lies';
  /** Whether PIPELINING is not announced, understood, or announced and lost: what comes in one write but the first. */
  readonly pipelining: 'silent' | 'understood' | 'lost';
  /** Answers +OK to DELE and QUIT, and keeps the letters. */
  readonly keepsDeleted: boolean;
  /** Writes lines of its own into letters that were fetched; null leaves them alone. */
  readonly writesInto: 'status' | 'ids' | null;
};

/** What a plain, good server does. */
export const goodHabits: Habits = {
  ids: 'lasting',
  sizes: 'exact',
  statusSays: 'truth',
  newestFirst: false,
  top: 'known',
  pipelining: 'understood',
  keepsDeleted: false,
  writesInto: null,
};

/** What can go wrong when one letter is asked for by RETR. */
export const letterFaults = [
  'cut',
  'stall',
  'half',
  'headers-only',
  'nothing',
  'notice',
  'refused',
  'unended',
] as const;

/** What goes wrong when one letter is asked for. */
export type LetterFault = {
  readonly serial: number;
  readonly kind: (typeof letterFaults)[number];
  /** How many more times it happens. */
  left: number;
};

/** Times after which a fault is said to last. */
export const forEver = 1000;

/** How QUIT can end a session. */
export const quitFaults = ['cut-before', 'cut-after', 'refused'] as const;

/** How QUIT ends a session. */
export type QuitFault = (typeof quitFaults)[number];
