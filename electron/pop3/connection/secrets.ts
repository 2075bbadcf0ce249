import { redaction } from './transcript.ts';

/** Words that must not reach the log or an error even if the server repeats them. */
export class Secrets {
  readonly #secrets: Set<string>;

  constructor(words: readonly string[]) {
    this.#secrets = new Set(words.filter(isTelling));
  }

  /** Takes one more word in. */
  add(word: string): void {
    if (isTelling(word)) this.#secrets.add(word);
  }

  /** The text with each of the words blotted out. */
  hideIn(text: string): string {
    return [...this.#secrets].reduce((shown, word) => shown.replaceAll(word, redaction), text);
  }
}

/** Shorter words stand in any text, and hiding them there would only show what they are. */
function isTelling(word: string): boolean {
  return word.length > 3;
}
