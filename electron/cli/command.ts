import type { Flags, Given } from './options.ts';
import type { printer } from './output.ts';

/** A command of the command line. */
export type Command = {
  readonly name: string;
  /** Arguments after the name, as `--help` shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: Flags;
  /** Answers the exit code. Throws UsageError and CommandFailure. */
  run(given: Given, print: ReturnType<typeof printer>): Promise<number>;
};
