import { blankLimitLines } from '../wire/limits.ts';
import { cleanServerBytes } from './server-text.ts';

/** The first line of a reply. */
export type Status = {
  readonly isOk: boolean;
  /** What follows the token, without its line ending; not cleaned, see `statusText`. */
  readonly bytes: Uint8Array;
};

const cr = 0x0d;
const lf = 0x0a;
const plus = 0x2b;
const minus = 0x2d;
const asOk = 'OK';
const asError = 'ERR';

/** What the start of some bytes is: a status, the beginning of one, or something else. */
export type StatusGuess = 'ok' | 'error' | 'incomplete' | 'neither';

/**
 * Says whether a status begins at `from`: `+OK` or `-ERR` in any case, then anything but a letter; `+ERR` counts as
 * an error because some servers mean it so. RFC 1939 §3.
 */
export function guessStatus(bytes: Uint8Array, from: number): StatusGuess {
  const sign = bytes[from];
  if (sign === undefined) return 'incomplete';
  if (sign !== plus && sign !== minus) return 'neither';
  if (sign === plus) {
    const found = matchWord(bytes, from + 1, asOk);
    if (found !== 'neither') return found === 'match' ? 'ok' : 'incomplete';
  }
  const found = matchWord(bytes, from + 1, asError);
  if (found === 'match') return 'error';
  return found;
}

/** As `guessStatus`, but looks past the few empty lines that some servers send before a status. */
export function guessAfterBlanks(bytes: Uint8Array, from: number): StatusGuess {
  let at = from;
  let blanks = 0;
  for (; blanks < blankLimitLines; blanks++) {
    if (bytes[at] === lf) at += 1;
    else if (bytes[at] === cr && bytes[at + 1] === lf) at += 2;
    else break;
  }
  const isHalfBlank = bytes[at] === cr && at + 1 === bytes.length && blanks < blankLimitLines;
  return isHalfBlank ? 'incomplete' : guessStatus(bytes, at);
}

function matchWord(bytes: Uint8Array, from: number, word: string): 'match' | 'incomplete' | 'neither' {
  for (let index = 0; index < word.length; index++) {
    const byte = bytes[from + index];
    if (byte === undefined) return 'incomplete';
    if ((byte & 0xdf) !== word.charCodeAt(index)) return 'neither';
  }
  const next = bytes[from + word.length];
  if (next === undefined) return 'incomplete';
  const folded = next & 0xdf;
  return folded >= 0x41 && folded <= 0x5a ? 'neither' : 'match';
}

/** Reads one line (without its line ending) as a status. Null for a line that is no status. */
export function parseStatus(line: Uint8Array): Status | null {
  // A token may be the whole line, so the line's end stands in for the byte after it.
  const sign = line[0];
  if (sign !== plus && sign !== minus) return null;
  if (sign === plus && matchesWhole(line, asOk)) return { isOk: true, bytes: line.subarray(3) };
  if (matchesWhole(line, asError)) return { isOk: false, bytes: line.subarray(4) };
  return null;
}

function matchesWhole(line: Uint8Array, word: string): boolean {
  const found = matchWord(line, 1, word);
  return found === 'match' || (found === 'incomplete' && line.length === word.length + 1);
}

/** The words of a status as a person may see them, with the response code in front if there is one. */
export function statusText(status: Status): string {
  return cleanServerBytes(status.bytes);
}

/** The response code of a status, upper case without brackets: `IN-USE`, `SYS/TEMP`; null when there is none. RFC 2449 §8. */
export function responseCode(status: Status): string | null {
  const match = /^\s*\[([A-Za-z0-9/._-]{1,64})(?:\s[^\]]*)?\]/.exec(statusText(status));
  return match?.[1]?.toUpperCase() ?? null;
}
