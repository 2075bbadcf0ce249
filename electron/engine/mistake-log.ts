import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps a mistake of ours for later and answers the reference it is found under. */
export type LogMistake = (error: unknown) => string;

/** Writes mistakes to a file in the user data folder; message contents and secrets are in no error's text. */
export function mistakeLog(folder: string): LogMistake {
  return (error) => {
    const reference = randomBytes(4).toString('hex');
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    try {
      mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
      appendFileSync(
        join(folder, 'logs', 'mistakes.log'),
        `${new Date().toISOString()} ${reference} ${text}\n`,
        { mode: 0o600 },
      );
    } catch {
      console.error(reference, text); // The log cannot be written: the terminal is what is left.
    }
    return reference;
  };
}
