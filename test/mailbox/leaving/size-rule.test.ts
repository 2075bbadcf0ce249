import { describe, expect, test } from 'vitest';
import { fits, type SizeFact, sizeClass } from '../../../electron/mailbox/leaving/size-rule.ts';

/** A message that came with so many bytes more or less than LIST said. */
function fact(listed: number, offBytes: number, part: Partial<SizeFact> = {}): SizeFact {
  return { listed, received: listed + offBytes, lines: null, said: null, isBare: false, ...part };
}

const sizes = [900, 2_000, 3_100, 5_000, 8_800, 12_000, 20_000, 31_000, 47_000, 60_000];
/** Ten messages of a server with a habit. */
const server = (offOf: (listed: number, index: number) => number): SizeFact[] =>
  sizes.map((listed, index) => fact(listed, offOf(listed, index), { lines: Math.round(listed / 60) }));

const servers = {
  exact: server(() => 0),
  'without the last line end': server(() => -2),
  'a byte a line': server((listed) => -Math.round(listed / 60)),
  'a constant more': server((_listed, index) => 120 + index),
  guesswork: server((listed, index) => (index % 2 === 0 ? 1 : -1) * Math.round(listed / 9)),
};

test('sizes are the truth, the truth by a rule, or nothing', () => {
  const classes = Object.entries(servers).map(([name, facts]) => [name, sizeClass(facts)]);
  expect([...classes, ['nothing', sizeClass([])]]).toEqual([
    ['exact', 'exact'],
    ['without the last line end', 'exact'],
    ['a byte a line', 'steady'],
    ['a constant more', 'steady'],
    ['guesswork', 'unknown'],
    ['nothing', 'unknown'],
  ]);
});

test('nine of ten right sizes are exact, eight are not', () => {
  const withWrong = (count: number) => [
    ...servers.exact.slice(count),
    ...sizes.slice(0, count).map((size) => fact(size, -500)),
  ];
  expect([1, 2].map((count) => sizeClass(withWrong(count)))).toEqual(['exact', 'unknown']);
});

describe('half a message', () => {
  const half = fact(60_144, -58_160, { said: 60_144, lines: 30 });
  test.each(Object.entries(servers))('stands out on a server whose habit is %s', (_name, neighbours) => {
    expect(fits(half, neighbours)).toBe(false);
  });
  test('stands out without neighbours', () => {
    expect(fits(half, [])).toBe(false);
  });
});

describe('a usual message', () => {
  const usual: Record<keyof typeof servers, SizeFact> = {
    exact: fact(7_000, 0),
    'without the last line end': fact(7_000, -2),
    'a byte a line': fact(7_000, -117, { lines: 117 }),
    'a constant more': fact(7_000, 125),
    guesswork: fact(7_000, 600),
  };
  test.each(Object.entries(servers))('is explained where the habit is %s', (name, neighbours) => {
    expect(fits(usual[name as keyof typeof servers], neighbours)).toBe(true);
  });
});

test('what a habit explains on one server stands out where sizes are exact', () => {
  expect(
    [fact(7_000, -117, { lines: 117 }), fact(7_000, 125)].map((one) => fits(one, servers.exact)),
  ).toEqual([false, false]);
});

test('without neighbours a few digits are explained, a missing body is not', () => {
  expect(
    [fact(2_000, -9), fact(2_000, -9, { isBare: true }), fact(2_000, -9, { said: 2_000 })].map((one) =>
      fits(one, []),
    ),
  ).toEqual([true, false, false]);
});
