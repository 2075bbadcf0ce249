import { writeFileSync } from 'node:fs';
import type { Failure } from '../../shared/failure.ts';
import type { Result } from '../../shared/result.ts';

/** An expected failure on its way to the exit code. */
export class CommandFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** The value of a result. Throws CommandFailure for a failure. */
export function orThrow<Value>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new CommandFailure(result.failure);
  return result.value;
}

/** Writes a file that only its owner reads. Throws CommandFailure. */
export function writeOut(path: string, content: Uint8Array | string): void {
  try {
    writeFileSync(path, content, { mode: 0o600 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandFailure(
      code === 'ENOSPC' || code === 'EDQUOT'
        ? { kind: 'disk-full', canRetry: true }
        : { kind: 'unreadable-file', what: message, canRetry: false },
    );
  }
}

/** Writes the protocol log where one is wanted. If that fails, the failure is printed and changes nothing else. */
export function writeLog(
  path: string | undefined,
  transcript: { toText(): string },
  print: ReturnType<typeof printer>,
): boolean {
  if (path === undefined) return true;
  try {
    writeOut(path, transcript.toText());
    return true;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    print.failure(error.failure);
    return false;
  }
}

/** The sentence for a failure, for a person at a terminal. */
function sentence(failure: Failure): string {
  const where = failure.host === undefined ? '' : ` (${failure.host}:${failure.port ?? ''})`;
  const step = failure.step === undefined ? '' : ` at ${failure.step}`;
  const why = 'why' in failure ? ` (${failure.why})` : '';
  const words = failure.serverText === undefined ? '' : `; the server says: ${failure.serverText}`;
  const detail =
    'problem' in failure
      ? `: ${failure.problem}`
      : 'found' in failure
        ? `: ${failure.found}`
        : 'what' in failure
          ? `: ${failure.what}`
          : '';
  return `${failure.kind}${detail}${why}${step}${where}${words}`;
}

/** Prints results as text or as JSON lines on stdout; failures go to stderr, as JSON to stdout. */
export function printer(isJson: boolean) {
  return {
    isJson,
    /** One object: a JSON line, or the given text. */
    line(object: object, words: string): void {
      process.stdout.write(`${isJson ? JSON.stringify(object) : words}\n`);
    },
    /** A failure, in the same two forms. */
    failure(failure: Failure): void {
      if (isJson) process.stdout.write(`${JSON.stringify({ failure })}\n`);
      else process.stderr.write(`${sentence(failure)}\n`);
    },
  };
}
