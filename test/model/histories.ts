import fc from 'fast-check';
import type { Rule } from '../../shared/rule.ts';
import {
  forEver,
  type Habits,
  type LetterFault,
  letterFaults,
  type QuitFault,
  quitFaults,
} from './habits.ts';

/*
 * A history is plain data: what the server is like, what the person has chosen, and what happens one after another. A
 * property library makes it up and shrinks it. What is known to go wrong on servers is made up often.
 */

/** A letter that comes. */
export type Arrival = {
  /** Lines of its body; other letters may be as long. */
  readonly lines: number;
  readonly lacksEnd: boolean;
  /** The same bytes as the letter before. */
  readonly isTwin: boolean;
};

/** Retention as a check is made with it. */
export type Keeping = 'keep' | 'remove' | 'after-a-day' | 'newest-two' | 'under-a-kilobyte';

/** What a person does in the server view with some rows, given by their places. */
export type Viewing = {
  readonly rows: readonly number[];
  readonly plan: 'delete' | 'download';
  readonly keepsCopy: boolean;
  /** What happens between the plan and its Apply, in a session that was lost. */
  readonly meanwhile: 'nothing' | 'session-lost' | 'ids-anew' | 'first-removed' | 'arrival';
  readonly isTakenBack: boolean;
};

/** One thing that happens on the server or on the way to it. */
type ServerEvent =
  | { readonly kind: 'check'; readonly keeping: Keeping }
  | ({ readonly kind: 'arrives' } & Arrival)
  | { readonly kind: 'removed elsewhere'; readonly at: number }
  | { readonly kind: 'ids anew' | 'made anew' }
  | {
      readonly kind: 'fault';
      readonly at: number;
      readonly fault: LetterFault['kind'];
      readonly times: number;
    }
  | { readonly kind: 'size misstated'; readonly at: number; readonly by: number }
  | {
      readonly kind: 'interrupted';
      readonly how: 'cut' | 'killed' | 'stopped';
      readonly after: number;
      readonly isCarriedOut: boolean;
    }
  | { readonly kind: 'quit fault'; readonly fault: QuitFault }
  | { readonly kind: 'capa lost' }
  | { readonly kind: 'quota'; readonly letters: number | null }
  | { readonly kind: 'days pass'; readonly days: number }
  | ({ readonly kind: 'viewed' } & Viewing);

/** One thing that happens to the store, or is done with it. */
export type StoreEvent =
  | { readonly kind: 'restarted' | 'trash emptied' | 'compacted' | 'index lost' }
  | { readonly kind: 'moved' | 'added again'; readonly trust: 'same' | 'perhaps' | 'other' }
  | { readonly kind: 'backed up' }
  | { readonly kind: 'restored'; readonly into: 'this store' | 'a new store' | 'an older copy' }
  | {
      readonly kind: 'deleted here';
      readonly at: number;
      readonly isThereToo: boolean;
      readonly isUndone: boolean;
    };

/** One thing that happens. */
export type Event = ServerEvent | StoreEvent;

/** A whole history. */
export type History = {
  readonly habits: Habits;
  readonly rule: Rule | null;
  /** Letters over this size are fetched in part; bytes, 0 for none. */
  readonly partialAboveBytes: number;
  readonly first: readonly Arrival[];
  readonly events: readonly Event[];
  /** What the checks at its end do. */
  readonly ending: Keeping;
};

const habits: fc.Arbitrary<Habits> = fc.record({
  ids: fc.constantFrom('lasting', 'lasting', 'lasting', 'numbers', 'shared', 'none'),
  sizes: fc.constantFrom('exact', 'exact', 'exact', 'bare-lines', 'constant', 'drifting'),
  statusSays: fc.constantFrom('truth', 'listed', 'nothing'),
  newestFirst: fc.boolean(),
  top: fc.constantFrom('known', 'known', 'known', 'refused', 'refused', 'lies'),
  pipelining: fc.constantFrom('understood', 'silent', 'understood', 'lost'),
  keepsDeleted: fc.constantFrom(false, false, false, true),
  writesInto: fc.constantFrom(null, null, 'status', 'ids'),
});

const rule = (kind: 'skip' | 'headers-only' | 'delete-on-server' | 'fetch-first' | 'trash'): Rule => ({
  id: 'rule',
  name: kind,
  isOn: true,
  accountId: null,
  conditions: [{ kind: 'subject', contains: '3' }],
  actions: [{ kind }],
});

const at = fc.nat(9);
const arrival = {
  lines: fc.nat(20),
  lacksEnd: fc.boolean(),
  isTwin: fc.constantFrom(false, false, false, true),
};
const keeping = fc.constantFrom<Keeping>(
  ...(['keep', 'keep', 'keep', 'remove', 'remove', 'remove'] as const),
  ...(['after-a-day', 'newest-two', 'under-a-kilobyte'] as const),
);
const times = fc.constantFrom(1, 1, 2, forEver);
const trust = fc.constantFrom<'same' | 'perhaps' | 'other'>('same', 'perhaps', 'other');

const kinds: {
  readonly [Kind in Event['kind']]: readonly [weight: number, rest: Record<string, fc.Arbitrary<unknown>>];
} = {
  check: [12, { keeping }],
  arrives: [8, arrival],
  'removed elsewhere': [4, { at }],
  'ids anew': [2, {}],
  'made anew': [2, {}],
  restarted: [1, {}],
  'trash emptied': [1, {}],
  compacted: [1, {}],
  'index lost': [1, {}],
  moved: [1, { trust }],
  'added again': [1, { trust }],
  fault: [6, { at, fault: fc.constantFrom(...letterFaults), times }],
  'size misstated': [1, { at, by: fc.constantFrom(-300, -2, -1, 2, 40, 2000) }],
  interrupted: [
    4,
    { how: fc.constantFrom('cut', 'killed', 'stopped'), after: fc.nat(20), isCarriedOut: fc.boolean() },
  ],
  'quit fault': [2, { fault: fc.constantFrom(...quitFaults) }],
  'capa lost': [1, {}],
  quota: [1, { letters: fc.constantFrom(null, null, 0, 1, 3) }],
  'days pass': [1, { days: fc.constantFrom(1, 2, 61) }],
  'backed up': [1, {}],
  restored: [1, { into: fc.constantFrom('this store', 'a new store', 'an older copy') }],
  'deleted here': [2, { at, isThereToo: fc.boolean(), isUndone: fc.boolean() }],
  viewed: [
    2,
    {
      rows: fc.array(at, { minLength: 1, maxLength: 3 }),
      plan: fc.constantFrom('delete', 'delete', 'download'),
      keepsCopy: fc.boolean(),
      meanwhile: fc.constantFrom(
        'nothing',
        'nothing',
        'session-lost',
        'ids-anew',
        'first-removed',
        'arrival',
      ),
      isTakenBack: fc.boolean(),
    },
  ],
};

const event = fc.oneof(
  ...Object.entries(kinds).map(([kind, [weight, rest]]) => ({
    weight,
    arbitrary: fc.record({ kind: fc.constant(kind), ...rest }) as fc.Arbitrary<Event>,
  })),
);

/**
 * Where TOP lies, nothing rests on it alone: no rule and no limit of size, which are a person's wish, and no identity of
 * letters without ids.
 */
function believed(one: History): History {
  if (one.habits.top !== 'lies') return one;
  const { ids } = one.habits;
  const habits: Habits = { ...one.habits, ids: ids === 'none' ? 'lasting' : ids };
  return { ...one, habits, rule: null, partialAboveBytes: 0 };
}

/** Any history. */
export const history: fc.Arbitrary<History> = fc
  .record({
    habits,
    rule: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          ...(['skip', 'headers-only', 'delete-on-server', 'fetch-first', 'trash'] as const).map(rule),
        ),
      },
    ),
    partialAboveBytes: fc.constantFrom(0, 0, 0, 300),
    first: fc.array(fc.record(arrival), { minLength: 1, maxLength: 5 }),
    events: fc.array(event, { minLength: 1, maxLength: 14 }),
    ending: keeping,
  })
  .map(believed);
