/** Names of the palette with the hue at their middle, in degrees. */
const hues: readonly (readonly [string, number])[] = [
  ['red', 0],
  ['orange', 30],
  ['yellow', 52],
  ['green', 120],
  ['teal', 175],
  ['blue', 225],
  ['purple', 275],
  ['pink', 325],
  ['red', 360],
];

/** Less colour than this is grey. Of 255. */
const leastChroma = 24;

/** The name in the palette of tags that is nearest to a colour such as `#ff9900`; `grey` for what is no colour. */
export function nearestTagColour(colour: string): string {
  const [, hex] = /^#([0-9a-f]{6})$/i.exec(colour) ?? [];
  if (hex === undefined) return 'grey';
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  if (chroma < leastChroma) return 'grey';
  const hue = 60 * hueSector({ red, green, blue, most, chroma });
  const distance = (of: number) => Math.abs(of - hue);
  return hues.reduce((best, one) => (distance(one[1]) < distance(best[1]) ? one : best))[0];
}

/** The place on the circle of hues, from 0 to 6. */
function hueSector(of: { red: number; green: number; blue: number; most: number; chroma: number }): number {
  const { red, green, blue, most, chroma } = of;
  if (most === red) return ((green - blue) / chroma + 6) % 6;
  return most === green ? (blue - red) / chroma + 2 : (red - green) / chroma + 4;
}
