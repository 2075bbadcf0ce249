// What the tests of one step came to, and how that is told.

/** So many lines of an error are told. */
const mostLines = 12;
const widestLine = 200;

/** The outcomes that failed. */
export const failedOf = (outcomes) => outcomes.filter(({ errors }) => errors.length > 0);

/**
 * The outcomes of files that were tried twice: a test that passed either time has passed, and those that failed the
 * first time are named with the error of that time.
 */
export function afterSecondTry(first, second) {
  const passedAgain = new Set(second.filter(({ errors }) => errors.length === 0).map(nameOf));
  const filesAgain = new Set(second.map(({ file }) => file));
  const failedAgain = new Set(failedOf(second).map(nameOf));
  const isMended = (outcome) =>
    passedAgain.has(nameOf(outcome)) ||
    // What broke outside of the tests has no outcome of its own once it goes well.
    (filesAgain.has(outcome.file) && !failedAgain.has(nameOf(outcome)) && isOutsideOfTests(outcome));
  const shaky = failedOf(first).filter(isMended);
  const known = new Set(first.map(nameOf));
  const outcomes = [
    ...first.flatMap((outcome) => {
      if (!shaky.includes(outcome)) return [outcome];
      return isOutsideOfTests(outcome) ? [] : [{ ...outcome, errors: [] }];
    }),
    // Tests that were not reached the first time.
    ...second.filter((outcome) => !known.has(nameOf(outcome))),
  ];
  return { outcomes, shaky };
}

/**
 * How a run is counted. A test that passed only at the second try (`shaky`) waits for something other than what it
 * means, so it fails the run. `isForgiving` is for machines of strangers that are busy with other work: there such a
 * test counts as passed, and is named all the same.
 */
export function counted(outcomes, shaky, isForgiving) {
  const wrong = isForgiving
    ? []
    : shaky.filter((one) => !failedOf(outcomes).some((other) => isSame(one, other)));
  const passed = outcomes.filter((one) => one.errors.length === 0);
  return {
    passed: passed.filter((one) => !wrong.some((other) => isSame(one, other))).length,
    failed: failedOf(outcomes).length + wrong.length,
  };
}

/** A failed test as lines: where, and the beginning of its error. */
export function told(outcome) {
  const lines = outcome.errors.join('\n').trimEnd().split('\n');
  const shown = lines.slice(0, mostLines).map((line) => `    ${line.slice(0, widestLine)}`);
  if (lines.length > mostLines) {
    const place = lines.findLast((line) => /^\s*at /.test(line));
    shown.push(`    … ${place?.trim().slice(0, widestLine) ?? ''}`.trimEnd());
  }
  return [`  ${nameOf(outcome)}`, ...shown].join('\n');
}

/** A failed test in one line. */
export function toldShortly(outcome) {
  const [reason = ''] = outcome.errors.join('\n').split('\n');
  return `${nameOf(outcome)}: ${reason}`.slice(0, widestLine);
}

function nameOf({ file, title }) {
  return `${file} > ${title}`;
}

function isSame(one, other) {
  return nameOf(one) === nameOf(other);
}

function isOutsideOfTests({ title }) {
  return title === 'outside of its tests';
}
