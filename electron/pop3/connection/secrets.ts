import { redaction } from './transcript.ts';

/** Shorter words stand in any text, and hiding them there would only show what they are. */
const shortestWord = 4;

/**
 * So many characters in a row give a longer secret away. A shorter piece is an everyday word too often: "message"
 * hidden in each line would show what the password begins with.
 */
const longestWord = 8;

/** An encoded form of fewer characters says nothing, and stands in any text. */
const shortestForm = 6;

/** Places for the beginnings of runs. A sign-in by SCRAM fills some 2,000 of them, a long access token 10,000. */
const beginningsSize = 65_536;

/**
 * Words that must not reach the log or an error even if the server repeats them: whole, in part, in another case, or
 * as base64, hexadecimal or percent-encoded text.
 */
export class Secrets {
  /** Runs of characters that give a secret away, in lower case, by their length. */
  readonly #runs = new Map<number, Set<string>>();
  /** 1 for the first characters of each run. Elsewhere no run begins. */
  readonly #beginnings = new Uint8Array(beginningsSize);

  constructor(words: readonly string[]) {
    for (const word of words) this.add(word);
  }

  /** Takes one more word in. */
  add(word: string): void {
    if (word.length < shortestWord) return;
    for (const form of formsOf(word)) this.#addForm(form);
  }

  /** The text with each of the words blotted out. */
  hideIn(text: string): string {
    const lower = text.toLowerCase();
    // A letter that changes its length in lower case would shift everything after it.
    const searched = lower.length === text.length ? lower : text;
    const spans = this.#spansIn(searched);
    if (spans.length === 0) return text;
    let shown = '';
    let from = 0;
    for (const [start, end] of joined(spans)) {
      shown += text.slice(from, start) + redaction;
      from = end;
    }
    return shown + text.slice(from);
  }

  /** Where one of the runs stands in the text. Each line that a server says is searched, so most places cost little. */
  #spansIn(text: string): [number, number][] {
    const spans: [number, number][] = [];
    for (let at = 0; at + shortestWord <= text.length; at += 1) {
      if (this.#beginnings[beginningAt(text, at)] === 0) continue;
      for (const [length, runs] of this.#runs)
        if (runs.has(text.slice(at, at + length))) spans.push([at, at + length]);
    }
    return spans;
  }

  #addForm(form: string): void {
    const length = Math.min(form.length, longestWord);
    const runs = this.#runs.get(length) ?? new Set();
    this.#runs.set(length, runs);
    const lower = form.toLowerCase();
    for (let at = 0; at + length <= lower.length; at += 1) {
      runs.add(lower.slice(at, at + length));
      this.#beginnings[beginningAt(lower, at)] = 1;
    }
  }
}

/** The place of the next four characters among the beginnings. Others may share it. */
function beginningAt(text: string, at: number): number {
  let place = 0;
  for (let next = at; next < at + shortestWord; next += 1) place = place * 31 + text.charCodeAt(next);
  return place % beginningsSize;
}

/** The spans in order; those that touch are one secret, and become one. */
function joined(spans: readonly [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [start, end] of [...spans].sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}

/** How a word may come back: as it is, and encoded. */
function formsOf(word: string): string[] {
  const bytes = Buffer.from(word, 'utf8');
  const encoded = [bytes.toString('hex'), percentEncoded(word), ...base64Forms(bytes)];
  return [word, ...encoded.filter((form) => form !== word && form.length >= shortestForm)];
}

/** Base64 of the bytes wherever they begin in a longer text, without the characters shared with their neighbours. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
    const text = whole.toString('base64').replace(/=+$/, '');
    const begin = [0, 2, 3][shift] ?? 0;
    return text.slice(begin, whole.length % 3 === 0 ? undefined : -1);
  });
}

function percentEncoded(word: string): string {
  // A lone surrogate has no such form; it goes out as U+FFFD, as in UTF-8.
  return encodeURIComponent(Buffer.from(word, 'utf8').toString('utf8'));
}
