import { deflateRawSync } from 'node:zlib';

/** An OLE file of `count` sectors whose directory lies in `chain`; `after` follows the last sector of it. */
export function oleFile(
  names: readonly string[],
  chain: readonly number[],
  count: number,
  after = 0xfffffffe,
): Buffer {
  const fatCount = Math.ceil(count / 128);
  const file = Buffer.alloc((1 + count) * 512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(3, 26);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(chain[0] ?? 0, 48);
  file.writeUInt32LE(0xfffffffe, 68);
  file.fill(0xff, 76, 512);
  for (let n = 0; n < fatCount; n += 1) file.writeUInt32LE(n, 76 + n * 4);
  file.fill(0xff, 512, 512 + fatCount * 512);
  for (const [n, sector] of chain.entries()) file.writeUInt32LE(chain[n + 1] ?? after, 512 + sector * 4);
  for (const [n, name] of names.entries()) {
    const at = (1 + (chain[Math.floor(n / 4)] ?? 0)) * 512 + (n % 4) * 128;
    file.write(`${name}\0`, at, 'utf16le');
    file.writeUInt16LE(name.length * 2 + 2, at + 64);
    file[at + 66] = n === 0 ? 5 : 2;
  }
  return file;
}

type Made = { readonly prefix?: string; readonly comment?: string; readonly large?: boolean };

/** A zip of these files, deflated, with bytes before it, a comment behind it, or the end record of zip64. */
export function zipFile(
  files: Record<string, string>,
  { prefix = '', comment = '', large = false }: Made = {},
): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text, { level: 0 });
    const local = Buffer.alloc(30);
    local.write('PK\x03\x04', 'latin1');
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const names = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(large ? 0xffffffff : names.length, 12);
  end.writeUInt32LE(large ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  const largeEnd = Buffer.alloc(large ? 76 : 0);
  if (large) {
    largeEnd.write('PK\x06\x06', 'latin1');
    largeEnd.writeBigUInt64LE(BigInt(names.length), 40);
    largeEnd.writeBigUInt64LE(BigInt(at), 48);
    largeEnd.write('PK\x06\x07', 56, 'latin1');
  }
  return Buffer.concat([Buffer.from(prefix), ...bodies, names, largeEnd, end, Buffer.from(comment)]);
}

/** The files of a document. */
export const types = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' };
/** A document that is longer than a look at its beginning. */
export const macros = {
  ...types,
  'word/media/a.bmp': 'x'.repeat(60_000),
  'word/media/b.bmp': 'y'.repeat(60_000),
};
/** The same with macros behind everything else. */
export const docm = { ...macros, 'word/vbaProject.bin': 'macros' };
/** The files of an OpenDocument text. */
export const odt = { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' };
