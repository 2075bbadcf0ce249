/*
 * What a server's sizes are worth. LIST should say how many bytes RETR brings. Many servers count otherwise: a byte a
 * line less, a constant more, without an end of the last line, or by guesswork. The facts of the last messages tell
 * which, and by them a message that came short stands out.
 */

/** What LIST said of a message, and what came. Bytes, and lines where they were counted. */
export type SizeFact = {
  readonly listed: number;
  readonly received: number;
  readonly lines: number | null;
  /** What the status of RETR said; null where it said nothing. */
  readonly said: number | null;
  /** It came without a body, or not at all. */
  readonly isBare: boolean;
};

/** Facts that are kept for each account. */
export const keptFacts = 200;
/** Of ten facts so many must follow a rule. */
const ruleShare = 0.9;
/** The end of the last line is counted by some servers, and sent by others. */
const lineEndBytes = 2;
/** A header line that a server adds to each message differs in a few digits. */
const constantSpread = 16;
/** Facts from which on the scatter of a server without a rule can be told. */
const enoughForScatter = 5;

const off = ({ listed, received }: SizeFact): number => received - listed;

const isExact = (fact: SizeFact): boolean => Math.abs(off(fact)) <= lineEndBytes;

/** One byte a line: line ends are counted as one byte or as two. */
function isByLines(fact: SizeFact): boolean {
  return fact.lines !== null && Math.abs(Math.abs(off(fact)) - fact.lines) <= lineEndBytes;
}

const mostly = (facts: readonly SizeFact[], rule: (fact: SizeFact) => boolean): boolean =>
  facts.length > 0 && facts.filter(rule).length >= facts.length * ruleShare;

/** What the sizes of a server are worth: the truth, the truth by one rule, or nothing. */
export type SizeClass = 'exact' | 'steady' | 'unknown';

/** The class that the facts show; `unknown` where there are none. */
export function sizeClass(facts: readonly SizeFact[]): SizeClass {
  if (mostly(facts, isExact)) return 'exact';
  const constant = median(facts.map(off));
  const isSteady =
    mostly(facts, (fact) => isExact(fact) || isByLines(fact)) ||
    mostly(facts, (fact) => Math.abs(off(fact) - constant) <= constantSpread);
  return isSteady ? 'steady' : 'unknown';
}

/**
 * Whether the size of a message is explained by what its neighbours show of the server. Without neighbours only the
 * habits of line ends explain a difference.
 */
export function fits(fact: SizeFact, neighbours: readonly SizeFact[]): boolean {
  if (isExact(fact)) return true;
  if (mostly(neighbours, isExact)) return false;
  if (isAsSaid(fact) || (isByLines(fact) && !isContradicted(fact))) return true;
  // A message without a body is as short as its neighbours say, or its body is missing.
  const spread = fact.isBare ? lineEndBytes : constantSpread;
  if (mostly(neighbours, (one) => Math.abs(off(one) - off(fact)) <= spread)) return true;
  if (neighbours.length < enoughForScatter) return fact.said === null && isNear(fact);
  return sizeClass(neighbours) === 'unknown' && isWithinScatter(fact, neighbours);
}

function isAsSaid({ received, said }: SizeFact): boolean {
  return said !== null && Math.abs(received - said) <= lineEndBytes;
}

/** Whether a size is off by very little, as where a few digits are counted. A body that is missing is never little. */
function isNear(fact: SizeFact): boolean {
  return !fact.isBare && Math.abs(off(fact)) <= constantSpread;
}

/** Whether the status of RETR says a size that neither LIST said nor came. */
function isContradicted(fact: SizeFact): boolean {
  return fact.said !== null && Math.abs(fact.said - fact.listed) > lineEndBytes && !isAsSaid(fact);
}

/** Whether a message is off by about as much as others of a server that follows no rule. */
function isWithinScatter(fact: SizeFact, neighbours: readonly SizeFact[]): boolean {
  if (neighbours.length < enoughForScatter) return false;
  const offs = neighbours.map(off);
  const middle = median(offs);
  const scatter = median(offs.map((one) => Math.abs(one - middle)));
  // Less than three quarters of what LIST says is a part of a message on any server.
  const isLong = fact.received >= fact.listed * 0.75;
  return isLong && Math.abs(off(fact) - middle) <= 4 * scatter + constantSpread;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
