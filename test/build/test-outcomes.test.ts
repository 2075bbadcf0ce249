import { describe, expect, test } from 'vitest';
import { afterSecondTry, counted, type Outcome } from '../../build/test-outcomes.mjs';

const passed = (title: string): Outcome => ({ file: 'test/e2e/a.spec.ts', title, errors: [] });
const failed = (title: string): Outcome => ({ ...passed(title), errors: [`${title} went wrong`] });
const outside = 'outside of its tests';

/** The counts of a run whose files with failures were tried twice. */
function countsOf(first: readonly Outcome[], second: readonly Outcome[], isForgiving: boolean) {
  const { outcomes, shaky } = afterSecondTry(first, second);
  return { ...counted(outcomes, shaky, isForgiving), shaky: shaky.map(({ title }) => title) };
}

describe('a test that passes only at the second try', () => {
  const first = [passed('one'), failed('two')];
  const second = [passed('one'), passed('two')];

  test('is named and fails the run', () => {
    expect(countsOf(first, second, false)).toEqual({ passed: 1, failed: 1, shaky: ['two'] });
  });

  test('is named and counts as passed where the run forgives', () => {
    expect(countsOf(first, second, true)).toEqual({ passed: 2, failed: 0, shaky: ['two'] });
  });
});

test('what fails both times has failed once, and is not called shaky', () => {
  const both = [passed('one'), failed('two')];
  expect(countsOf(both, both, true)).toEqual({ passed: 1, failed: 1, shaky: [] });
});

test('what fails at the second try alone is left as passed at the first', () => {
  expect(countsOf([failed('one'), passed('two')], [passed('one'), failed('two')], false)).toEqual({
    passed: 1,
    failed: 1,
    shaky: ['one'],
  });
});

test('a file that broke outside of its tests fails the run though its tests pass later', () => {
  const counts = countsOf([failed(outside)], [passed('one'), passed('two')], false);
  expect(counts).toEqual({ passed: 2, failed: 1, shaky: [outside] });
});

test('a test that the first try did not reach counts as the second found it', () => {
  const counts = countsOf([failed(outside)], [passed('one'), failed('two')], true);
  expect(counts).toEqual({ passed: 1, failed: 1, shaky: [outside] });
});
