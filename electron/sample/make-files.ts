import { crc32, deflateRawSync } from 'node:zlib';

/** A PDF of one A5 page with a heading and lines of Latin text. */
export function makePdf(heading: string, lines: readonly string[]): Buffer {
  const shown = (line: string) => line.replace(/[\\()]/g, '\\$&');
  const drawing = [
    '0.79 0.16 0.18 rg 0 545 420 50 re f',
    `BT /F1 20 Tf 1 1 1 rg 36 562 Td (${shown(heading)}) Tj ET`,
    'BT /F2 11 Tf 0.15 0.15 0.2 rg 36 510 Td 17 TL',
    ...lines.map((line) => `(${shown(line)}) Tj T*`),
    'ET',
  ].join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** A ZIP archive of the files given, each deflated, all dated 1 May 2024. */
export function makeZip(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    // version 2.0, flag 11: names are UTF-8, method 8: deflate, 00:00 and 1 May 2024 as DOS writes them
    for (const [index, value] of [20, 0x800, 8, 0, 0x58a1].entries()) shared.writeUInt16LE(value, index * 2);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, path]));
    bodies.push(entry);
    offset += entry.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, index, end]);
}

/** A WAV file of soft bells over a slow chord, 16 bits mono at 22,050 Hz. */
export function makeWav(seconds: number): Buffer {
  const rate = 22_050;
  const samples = Math.floor(seconds * rate);
  const out = Buffer.alloc(44 + samples * 2);
  out.write('RIFF', 0);
  out.writeUInt32LE(out.length - 8, 4);
  out.write('WAVEfmt ', 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36);
  out.writeUInt32LE(samples * 2, 40);
  // One round of the melody is nine seconds. The chord's frequencies fit it in whole waves, so nobody hears where
  // rounds join.
  const bells = [523.25, 659.25, 783.99, 1046.5, 880, 659.25];
  const round = Buffer.alloc(9 * rate * 2);
  for (let at = 0; at < 9 * rate; at += 1) {
    const time = at / rate;
    const beat = time / 1.5;
    const bell = bells[Math.floor(beat)] ?? 0;
    const ring = Math.exp(-3 * (beat % 1)) * Math.sin(2 * Math.PI * bell * (time % 1.5));
    const chord = Math.sin(2 * Math.PI * (1177 / 9) * time) + Math.sin(2 * Math.PI * 196 * time);
    round.writeInt16LE(Math.round(9_000 * ring + 1_800 * chord), at * 2);
  }
  for (let at = 44; at < out.length; at += round.length) round.copy(out, at);
  return out;
}
