import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Writes an opaque picture, four bytes a pixel of which the fourth is left out, as a PNG. PNG 3rd edition §5, §9. */
export function encodePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits a sample, colour without alpha
  head.set([8, 2], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(filteredRows(width, height, rgba), { level: 4 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Rows as differences from the row above (filter 2): paper is mostly the same all the way down. */
function filteredRows(width: number, height: number, rgba: Uint8Array): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    rows[to++] = 2;
    const row = y * width * 4;
    const above = row - width * 4;
    for (let x = 0; x < width * 4; x += 4)
      for (let sample = x; sample < x + 3; sample += 1)
        rows[to++] = (rgba[row + sample] ?? 0) - (y === 0 ? 0 : (rgba[above + sample] ?? 0));
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}
