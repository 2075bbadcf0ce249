/**
 * Colours for a dark ground. Each colour a message declares is moved by its perceived lightness (L* of CIE 1976, 0 to
 * 100) into the band of its role: grounds become dark, text becomes light. The bands are so far apart
 * that any text on any ground has a contrast of at least 4.5 to 1 (WCAG 1.4.3), whatever the cascade makes of them.
 */
import {
  type Color,
  clampChroma,
  converter,
  formatHex,
  formatHex8,
  type Lch65,
  modeHsl,
  modeHwb,
  modeLab,
  modeLab65,
  modeLch,
  modeLch65,
  modeLrgb,
  modeOklab,
  modeOklch,
  modeP3,
  modeRgb,
  modeXyz65,
  parse,
  useMode as readMode,
} from 'culori/fn';

/** What a colour is for. */
export type ColourRole = 'text' | 'ground' | 'line';

/** The ground of a page that says nothing of its own, and the text on it; `ground` of white, `text` of black. */
export const darkGround = '#1a1a1a';
export const lightText = '#ebebeb';

for (const mode of [modeRgb, modeLrgb, modeHsl, modeHwb, modeLab, modeLch, modeOklab, modeOklch, modeP3])
  readMode(mode);
for (const mode of [modeXyz65, modeLab65, modeLch65]) readMode(mode);
const toLch = converter('lch65');

/** Lightest ground and darkest text, L*: 4.6 to 1 between them. */
const lightestGround = 33;
const darkestText = 78;
/** From here on a colour counts as one, not as a grey: such lines go with the ground they frame. */
const leastChroma = 20;

const lightness: Readonly<Record<ColourRole, (before: number) => number>> = {
  // Black becomes the lightest text of a page, grey the darkest; what was light already stays so.
  text: (l) => (l <= 60 ? 93 - (l * (93 - darkestText)) / 60 : darkestText + ((l - 60) * 19) / 40),
  // White becomes the ground of the page, and near it small differences weigh more, as the eye sees them less there.
  // A dark band or button stays lighter than the page, or it would be lost in it.
  ground: (l) =>
    l >= 50 ? 9.5 + (lightestGround - 9.5) * ((100 - l) / 50) ** 0.75 : 24 + (l * (lightestGround - 24)) / 50,
  line: (l) => 12 + (100 - l) * 0.58,
};

/** A colour as it is written in CSS, for its role on a dark ground, in hexadecimal; null for what is no fixed colour. */
export function darkColour(css: string, role: ColourRole): string | null {
  const parsed = parse(css);
  if (parsed === undefined) return null;
  const colour = toLch(role === 'text' ? opaque(parsed) : parsed);
  const kept = role === 'line' && colour.c > leastChroma ? 'ground' : role;
  const moved: Lch65 = { ...colour, l: lightness[kept](Math.min(100, Math.max(0, colour.l))) };
  const shown = clampChroma(moved, 'lch65');
  return colour.alpha === undefined || colour.alpha >= 1 ? formatHex(shown) : formatHex8(shown);
}

/** Whether a colour is so dark that text on it must be light; false for what is no opaque colour. */
export function isDarkColour(css: string): boolean {
  const parsed = parse(css);
  return parsed !== undefined && (parsed.alpha ?? 1) >= 0.9 && toLch(parsed).l < 35;
}

/** Text that lets the ground through is as strong as it was on white; text that is not seen at all stays unseen. */
function opaque(colour: Color): Color {
  const { alpha = 1, ...solid } = converter('rgb')(colour);
  if (alpha >= 1 || alpha === 0) return colour;
  const onWhite = (channel: number): number => channel * alpha + (1 - alpha);
  return { ...solid, r: onWhite(solid.r), g: onWhite(solid.g), b: onWhite(solid.b) };
}
