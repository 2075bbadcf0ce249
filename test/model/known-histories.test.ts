import { rmSync } from 'node:fs';
import { afterAll, beforeAll, test } from 'vitest';
import { goodHabits, type Habits } from './habits.ts';
import type { Arrival, Event, History, Keeping } from './histories.ts';
import { run } from './run-history.ts';
import { makeEmptyStore } from './world.ts';

/* Histories that broke a promise once, as the model found and shrank them. Each is named for what must hold. */

let emptyStore = '';

beforeAll(async () => {
  emptyStore = await makeEmptyStore();
});

afterAll(() => rmSync(emptyStore, { recursive: true, force: true }));

const letter = (lines = 0, more: Partial<Arrival> = {}): Arrival => ({
  ...{ lines, lacksEnd: false, isTwin: false },
  ...more,
});
const arrives = (lines = 0): Event => ({ kind: 'arrives', ...letter(lines) });
const check = (keeping: Keeping = 'keep'): Event => ({ kind: 'check', keeping });

/** What differs from a good server with a letter of one line, and from an account that keeps everything there. */
type Unlike = Partial<Omit<History, 'habits'>> & { readonly habits?: Partial<Habits> };

const historyWith = ({ habits, ...rest }: Unlike): History => ({
  ...{ rule: null, partialAboveBytes: 0, first: [letter()], events: [], ending: 'keep' },
  ...rest,
  habits: { ...goodHabits, ...habits },
});

const drifting = { sizes: 'drifting' } as const;

const known: Readonly<Record<string, Unlike>> = {
  'a number that a deleted letter left is not believed for the next one': {
    habits: { ids: 'numbers', top: 'refused' },
    events: [check('remove'), check(), arrives()],
  },
  'sizes that drift have no letter fetched again at each check': {
    habits: drifting,
  },
  'a letter whose size drifts is fetched no more often when it came in doubt first': {
    habits: { ...drifting, statusSays: 'nothing' },
    events: [{ kind: 'arrives', ...letter() }],
  },
  'headers that serve as an id outlast sizes that drift': {
    habits: { ...drifting, ids: 'none' },
    first: [letter(), letter(0, { isTwin: true })],
  },
  'a letter that the server keeps is not fetched again to be deleted again': {
    habits: { ...drifting, keepsDeleted: true, top: 'refused' },
    events: [check()],
    ending: 'remove',
  },
  'headers that are no letter’s own are not asked for ever': {
    habits: { ...drifting, keepsDeleted: true, top: 'lies' },
    events: [check()],
    ending: 'remove',
  },
  'a letter that breaks the line is asked for last though its size drifts': {
    habits: drifting,
    events: [arrives(), { kind: 'fault', at: 1, fault: 'cut', times: 1000 }, check()],
  },
  'the beginning of a large letter under a known number is its own': {
    habits: { ids: 'numbers', newestFirst: true },
    partialAboveBytes: 300,
    events: [check(), arrives(13)],
  },
  'the whole of a letter that moved takes the place of its copy, whatever came in doubt between': {
    events: [
      check(),
      { kind: 'fault', at: 0, fault: 'nothing', times: 1 },
      { kind: 'moved', trust: 'same' },
      check(),
    ],
    ending: 'remove',
  },
  'a letter that moved comes once though its size is doubted at first': {
    habits: { ...drifting, statusSays: 'nothing' },
    events: [check(), { kind: 'moved', trust: 'same' }, { kind: 'added again', trust: 'same' }],
    ending: 'remove',
  },
  'lines that a server writes into a letter in doubt settle it': {
    habits: { sizes: 'constant', statusSays: 'listed', writesInto: 'ids' },
    partialAboveBytes: 300,
    first: [letter(), letter(11)],
    events: [arrives(11)],
  },
  'twins in doubt become two letters and not three': {
    habits: { ...drifting, statusSays: 'listed', writesInto: 'ids' },
    first: [letter(4), letter(0, { isTwin: true }), letter()],
    events: [check()],
  },
  'a beginning deleted here does not take the original along': {
    partialAboveBytes: 300,
    first: [letter(5)],
    events: [check(), { kind: 'deleted here', at: 0, isThereToo: true, isUndone: false }, check()],
  },
  'a beginning deleted here for good does not take the original along': {
    partialAboveBytes: 300,
    first: [letter(5)],
    events: [
      check(),
      { kind: 'deleted here', at: 0, isThereToo: true, isUndone: false },
      { kind: 'trash emptied' },
      check(),
    ],
  },
  'a notice that came in place of a letter keeps the letter away no longer': {
    habits: { sizes: 'constant', statusSays: 'listed' },
    events: [{ kind: 'fault', at: 0, fault: 'notice', times: 1 }, check()],
  },
  'a letter that moved is known again though sizes have to be learned anew': {
    habits: { sizes: 'constant', statusSays: 'listed' },
    first: [letter(), letter()],
    events: [check(), { kind: 'moved', trust: 'same' }, { kind: 'index lost' }],
  },
  'a letter that took the place of a notice is known again by its own Date': {
    habits: { writesInto: 'ids' },
    events: [{ kind: 'fault', at: 0, fault: 'notice', times: 1 }, check()],
  },
  'an id that once stood for several letters is no identity of the last one': {
    habits: { ...drifting, ids: 'shared', newestFirst: true, top: 'refused' },
    first: [letter(), letter(0, { isTwin: true })],
    events: [
      check(),
      { kind: 'fault', at: 0, fault: 'cut', times: 1 },
      arrives(),
      check('remove'),
      arrives(),
    ],
  },
  'a plan kept over a lost session takes no other letter under a shared id': {
    habits: { ids: 'shared' },
    events: [
      arrives(),
      {
        ...{ kind: 'viewed', rows: [0], plan: 'delete', keepsCopy: false },
        ...{ meanwhile: 'first-removed', isTakenBack: false },
      },
    ],
  },
  'a letter that breaks the line under a number that was to be deleted is named': {
    habits: { ids: 'numbers' },
    events: [
      check(),
      arrives(1),
      { kind: 'fault', at: 1, fault: 'cut', times: 1000 },
      { kind: 'deleted here', at: 0, isThereToo: true, isUndone: false },
    ],
  },
  'headers that serve as an id do so too after a letter with the same headers has left': {
    habits: { ...drifting, ids: 'none' },
    first: [letter(), letter(0, { isTwin: true }), letter(0, { isTwin: true })],
    events: [check('newest-two'), check()],
  },
  'headers that came in place of a letter are no neighbour to go by': {
    habits: { sizes: 'constant' },
    events: [
      { kind: 'fault', at: 0, fault: 'headers-only', times: 1 },
      arrives(),
      check(),
      { kind: 'removed elsewhere', at: 1 },
    ],
    ending: 'remove',
  },
  'headers that come each time in place of a letter are no proof of themselves': {
    events: [{ kind: 'fault', at: 0, fault: 'headers-only', times: 1000 }, check()],
  },
  'a letter that breaks the line under a number that is to be deleted keeps no other away': {
    habits: { ids: 'numbers', newestFirst: true },
    first: [letter(), letter(), letter(), letter()],
    events: [
      { kind: 'fault', at: 0, fault: 'cut', times: 1 },
      { kind: 'fault', at: 5, fault: 'cut', times: 1000 },
      arrives(16),
      check('under-a-kilobyte'),
    ],
  },
  'a letter that moved is fetched no more often because its size drifts and TOP lies': {
    habits: { ...drifting, top: 'lies' },
    events: [check(), { kind: 'moved', trust: 'same' }, check()],
  },
  'a letter that moved is fetched no more often because its size drifts': {
    habits: drifting,
    events: [check(), { kind: 'moved', trust: 'same' }, check()],
  },
  'the beginnings of twins are no whole letters once the index is lost': {
    partialAboveBytes: 300,
    first: [letter(5)],
    events: [{ kind: 'arrives', ...letter(0, { isTwin: true }) }, check(), { kind: 'index lost' }, check()],
    ending: 'remove',
  },
};

test.each(Object.entries(known))('%s', async (_name, unlike) => {
  await run(historyWith(unlike), emptyStore);
});
