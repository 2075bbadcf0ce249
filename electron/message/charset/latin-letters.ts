/** Tells the charsets of Latin letters apart: by how usual the letters they give are, one after the other. */
import { decodeAs } from './charset-decode.ts';
import { type LanguageSample, samplesByCharset } from './language-samples.ts';

/** What stands between words. */
const gap = ' ';
/** Bits for a letter that the language does not have. */
const foreignBits = 15;
/** Bits for a sign inside a word. */
const signInWordBits = 18;
/** Bits for a sign beside a word that is usual there, and for one that is not. */
const usualSignBits = 3;
const oddSignBits = 15;
/** Bits for a capital after a small letter. */
const capitalInsideBits = 6;
/** How much a pair that was not seen is taken to be like the letter alone. */
const smoothing = 3;

/** How usual pairs of letters are in a language: a square of bits, the rarer the more. */
type Model = {
  readonly places: ReadonlyMap<string, number>;
  readonly bits: Float32Array;
};

function counted(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function learned({ letters, text }: LanguageSample): Model {
  const single = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const letter of `abcdefghijklmnopqrstuvwxyz${letters}${gap}`) counted(single, letter, 0.7);
  let before = gap;
  for (const letter of text.replace(/[^\p{L}ªº¿¡·]+/gu, gap)) {
    counted(single, letter, 1);
    counted(pairs, before + letter, 1);
    before = letter;
  }
  const all = [...single];
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  const bits = new Float32Array(all.length * all.length);
  for (const [at, [first, firstCount]] of all.entries())
    for (const [next, [second, secondCount]] of all.entries()) {
      const pair = pairs.get(first + second) ?? 0;
      const share = (pair + (smoothing * secondCount) / total) / (firstCount + smoothing);
      bits[at * all.length + next] = Math.min(foreignBits, -Math.log2(share));
    }
  return { places: new Map(all.map(([letter], place) => [letter, place])), bits };
}

const models = new WeakMap<LanguageSample, Model>();

function modelOf(sample: LanguageSample): Model {
  const known = models.get(sample);
  if (known) return known;
  const model = learned(sample);
  models.set(sample, model);
  return model;
}

/** A letter or sign as it is judged. `extraBits` are the same in each language. */
type Sign = {
  readonly letter: string;
  readonly isHigh: boolean;
  readonly isLetter: boolean;
  readonly extraBits: number;
};

const opensWords = /[«„“‘‚‹¿¡]/u;
const closesWords = /[»”’“…™®°€›]/u;
const joinsWords = /[’'–—\u00ad\u00a0·-]/u;
const standsAlone = /[\u00a0«»„“”‘’‚–—…€°§©•£½¼×·´]/u;

/** Bits for a sign beyond ASCII between two others. */
function signBits(before: string | undefined, sign: string, after: string | undefined): number {
  const isAfterWord = /\p{L}/u.test(before ?? '');
  const isBeforeWord = /\p{L}/u.test(after ?? '');
  if (joinsWords.test(sign)) return usualSignBits;
  if (isAfterWord && isBeforeWord) return signInWordBits;
  // A word does not begin with a pound or a copyright sign: in another charset these are its capitals.
  if (isBeforeWord) return opensWords.test(sign) ? usualSignBits : signInWordBits;
  if (isAfterWord) return closesWords.test(sign) ? usualSignBits : oddSignBits;
  const isInHeap = (before ?? '') > '\x7f' || (after ?? '') > '\x7f';
  return standsAlone.test(sign) && !isInHeap ? usualSignBits : oddSignBits;
}

function signsOf(text: string): Sign[] {
  const letters = [...text];
  let wasSmall = false;
  return letters.map((raw, at) => {
    const isHigh = raw > '\x7f';
    if (!/[\p{L}\p{M}]/u.test(raw)) {
      wasSmall = false;
      const extraBits = isHigh ? signBits(letters[at - 1], raw, letters[at + 1]) : 0;
      return { letter: gap, isHigh, isLetter: false, extraBits };
    }
    const letter = raw.toLowerCase();
    const isCapital = letter !== raw;
    const extraBits = isCapital && wasSmall ? capitalInsideBits : 0;
    wasSmall = !isCapital;
    return { letter, isHigh, isLetter: true, extraBits };
  });
}

/** How odd a text is: all its bits, and those that its letters and signs beyond ASCII take part in, for each of them. */
type Oddness = { readonly bits: number; readonly perHigh: number };

function oddnessIn(signs: readonly Sign[], { places, bits }: Model): Oddness {
  let total = 0;
  let high = 0;
  let highBits = 0;
  let before = places.get(gap) ?? 0;
  let wasHigh = false;
  for (const { letter, isHigh, isLetter, extraBits } of signs) {
    const place = places.get(letter);
    const pairBits = place === undefined ? foreignBits : (bits[before * places.size + place] ?? foreignBits);
    const own = extraBits + (isHigh && !isLetter ? 0 : pairBits);
    total += own;
    if (isHigh || wasHigh) {
      high += 1;
      highBits += own;
    }
    wasHigh = isHigh;
    before = place ?? places.get(gap) ?? 0;
  }
  return { bits: total, perHigh: high === 0 ? 0 : highBits / high };
}

/** A charset in which bytes may be, and how odd its letters are. */
export type LatinReading = Oddness & { readonly charset: string };

/** More letters only cost time. */
const judgedBytes = 600;

/**
 * The first words with letters beyond ASCII. The others are left out: they may be of another language, and they are the
 * same in each charset.
 */
function tellingPart(bytes: Buffer): Buffer {
  const words = bytes.toString('latin1', 0, 8000).split(/[\0-\x20]+/);
  const telling = words.filter((word) => word.length < 100 && /[\x80-\xff]/.test(word));
  return Buffer.from(telling.join(' ').slice(0, judgedBytes), 'latin1');
}

/** How odd bytes are in a charset, in the language that fits best; null for a charset that is not known by its letters. */
export function oddnessAs(bytes: Buffer, charset: string): LatinReading | null {
  const samples = samplesByCharset[charset];
  if (samples === undefined) return null;
  const signs = signsOf(decodeAs(tellingPart(bytes), charset));
  let best: Oddness | null = null;
  for (const sample of samples) {
    const oddness = oddnessIn(signs, modelOf(sample));
    if (best === null || oddness.bits < best.bits) best = oddness;
  }
  return best && { ...best, charset };
}

/** What speaks against a charset before anything is read: few write in those of old programs. Bits. */
const priorBits: Readonly<Record<string, number>> = {
  'windows-1252': 0,
  'iso-8859-4': 12,
  'iso-8859-15': 8,
  'iso-8859-16': 10,
  viscii: 12,
  macintosh: 12,
  'x-mac-ce': 14,
  cp850: 12,
  cp852: 14,
};
const usualPriorBits = 3.5;

/** Letters that are odder than this on an average are no letters of the language. Bits. */
const oddBits = 9;
/** Letters that are as usual as this on an average are words beyond doubt. Bits. */
export const usualLetterBits = 6.5;

/** The charset of Latin letters in which bytes give the most usual words; null where they give none in any. */
export function likeliestLatin(bytes: Buffer, preferred: string | null = null): LatinReading | null {
  let best: LatinReading | null = null;
  for (const charset of Object.keys(samplesByCharset)) {
    const reading = oddnessAs(bytes, charset);
    if (reading === null) continue;
    const prior = charset === preferred ? 0 : (priorBits[charset] ?? usualPriorBits);
    const judged = { ...reading, bits: reading.bits + prior };
    if (best === null || judged.bits < best.bits) best = judged;
  }
  return best === null || best.perHigh > oddBits ? null : best;
}
