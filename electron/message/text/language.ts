import { eld } from 'eld/extrasmall';

/** Text that the language is looked for in. Characters; what follows in a letter is often quoted. */
const longestText = 800;
/** A shorter text says too little. Letters. */
const fewestLetters = 20;

const addresses = /\b(?:https?:\/\/|www\.)\S+|\S+@\S+/giu;
const letters = /\p{L}/gu;

/**
 * The language that a text is written in, as an ISO 639-1 code. Null where the text is too short, or not certainly in
 * one language.
 */
export function languageOf(text: string): string | null {
  const words = text
    .slice(0, longestText * 2)
    .replace(addresses, ' ')
    .slice(0, longestText);
  if ((words.match(letters)?.length ?? 0) < fewestLetters) return null;
  const found = eld.detect(words);
  return found.isReliable() ? found.language : null;
}
