import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

/** Colour of the pixel at x and y, both from 0 to 1, y downwards. */
export type Painter = (x: number, y: number) => Colour;

/** Draws a PNG by asking `paint` for each pixel. */
export function drawPng(width: number, height: number, paint: Painter): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    at += 1; // filter byte 0: none
    for (let x = 0; x < width; x += 1)
      for (const value of paint(x / width, y / height)) {
        rows[at] = Math.max(0, Math.min(255, Math.round(value)));
        at += 1;
      }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, true colour, no interlace
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 4 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function blend(from: Colour, to: Colour, share: number): Colour {
  const part = Math.max(0, Math.min(1, share));
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}

/** A poppy: four round petals and a dark heart on a light ground. */
export function poppyFlower(ground: Colour): Painter {
  return (x, y) => {
    const dx = x - 0.5;
    const dy = y - 0.5;
    const distance = Math.hypot(dx, dy);
    const angle = Math.atan2(dy, dx);
    const petal = 0.36 + 0.07 * Math.abs(Math.cos(2 * angle));
    if (distance < 0.1) return [38, 24, 34];
    if (distance < 0.13) return (Math.floor(angle * 8) & 1) === 0 ? [38, 24, 34] : [150, 20, 30];
    if (distance > petal) return blend([226, 62, 52], ground, (distance - petal) * 90);
    return blend([176, 22, 32], [238, 84, 62], distance * 2.2 + 0.08 * Math.sin(angle * 23));
  };
}

/** Hills under a sky with a sun. The colours set the time of day, `seed` the shape of the hills. */
export function landscape(sky: Colour, horizon: Colour, hills: Colour, seed: number): Painter {
  const ridge = (x: number, layer: number) =>
    0.48 +
    layer * 0.15 +
    0.06 * Math.sin(x * (5 + layer * 2) + seed * 1.7 + layer) +
    0.025 * Math.sin(x * 17 + seed * layer);
  return (x, y) => {
    for (const layer of [2, 1, 0])
      if (y > ridge(x, layer))
        return blend(horizon, hills, 0.45 + layer * 0.27 - (y - ridge(x, layer)) * 0.3);
    const sun = Math.hypot((x - 0.68) * 1.5, y - 0.3);
    const air = blend(sky, horizon, y * 1.9);
    return sun < 0.07 ? [255, 246, 214] : blend([255, 236, 190], air, 0.35 + sun * 2.4);
  };
}

/** A bar chart with one bar for each value, 0 to 1. */
export function barChart(values: readonly number[], bar: Colour): Painter {
  return (x, y) => {
    const place = x * values.length;
    const value = values[Math.floor(place)] ?? 0;
    const isInBar = place % 1 > 0.18 && place % 1 < 0.82;
    if (isInBar && 1 - y < value * 0.92) return blend(bar, [255, 255, 255], y * 0.35);
    return Math.abs((y * 4) % 1) < 0.02 ? [228, 232, 236] : [250, 251, 252];
  };
}
