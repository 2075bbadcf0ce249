// What the launchers say while they work. Everything goes to stderr: stdout belongs to the command that was asked for.

const began = Date.now();

/** Something that a person can put right; the launchers print it without a stack and exit with 1. */
export class Remedy extends Error {
  /** @param {string} message what is wrong @param {string} remedy what to do about it, one or more lines */
  constructor(message, remedy, options) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** Says one line with the seconds since the launcher began. */
export function say(text) {
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[${seconds} s] ${text}\n`);
}

/** Runs one named piece of work, says that it began and how long it took. */
export async function step(name, work) {
  const from = Date.now();
  say(`${name} ...`);
  const outcome = await work();
  say(`${name}: done in ${((Date.now() - from) / 1000).toFixed(1)} s`);
  return outcome;
}

/** Runs a launcher's main function; a failure ends in words and exit code 1. */
export async function launch(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof Remedy) say(`FAILED: ${error.message}\n\nWhat to do:\n${indented(error.remedy)}\n`);
    else say(`FAILED: ${error instanceof Error ? error.stack : error}`);
    process.exitCode = 1;
  }
}

function indented(text) {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
