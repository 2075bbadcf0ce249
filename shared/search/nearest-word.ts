/**
 * How many letters have to be put in, taken out, changed, or swapped with the next one to make one word of the other.
 * Answers `most + 1` where more than `most` are needed.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        distance = Math.min(distance, (before[column - 2] ?? 0) + 1);
      next.push(distance);
      if (distance < least) least = distance;
    }
    if (least > most) return most + 1;
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

/**
 * The one of some words that is most like another one: at most two letters away, or begun by its first three letters
 * and more. Null where none is.
 */
export function nearestWord(word: string, among: Iterable<string>): string | null {
  let nearest: string | null = null;
  let least = Math.min(2, Math.floor(word.length / 2)) + 1;
  for (const each of among) {
    const distance = editDistance(word, each, least - 1);
    if (distance >= least) continue;
    nearest = each;
    least = distance;
  }
  if (nearest !== null || word.length < 3) return nearest;
  return [...among].find((each) => each.startsWith(word)) ?? null;
}
