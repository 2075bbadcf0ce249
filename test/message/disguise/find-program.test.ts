import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../electron/message/disguise/bounded-reader.ts';
import { findProgram } from '../../../electron/message/disguise/find-program.ts';
import { judgeAttachment } from '../../../shared/attachment-policy.ts';

/** What is found, with the bytes read, so that a test can see the bound too. */
async function look(bytes: Buffer): Promise<{ finding: Finding; readBytes: number }> {
  let readBytes = 0;
  const read = (at: number, lengthBytes: number) => {
    readBytes += lengthBytes;
    return Promise.resolve(bytes.subarray(at, at + lengthBytes));
  };
  return { finding: await findProgram({ sizeBytes: bytes.length, read }), readBytes };
}

const find = async (bytes: Buffer): Promise<Finding> => (await look(bytes)).finding;

/** An OLE file of `count` sectors whose directory lies in `chain`; `after` follows the last sector of it. */
function oleFile(
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
function zipFile(
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

const types = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' };
const macros = { ...types, 'word/media/a.bmp': 'x'.repeat(60_000), 'word/media/b.bmp': 'y'.repeat(60_000) };
const docm = { ...macros, 'word/vbaProject.bin': 'macros' };
const odt = { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' };
const manifest = (path: string) => `<manifest:file-entry manifest:full-path="${path}"/>`;

describe('programs in disguise', () => {
  test.each<[string, Buffer]>([
    ['an OLE file whose directory is its last sector', oleFile(['Root Entry', 'Macros'], [900], 901)],
    [
      'an OLE file whose directory lies in pieces',
      oleFile(['Root Entry', 'a', 'b', 'c', 'd', 'e', 'f', 'g', '_VBA_PROJECT'], [700, 20, 300], 901),
    ],
    ['a document with macros behind 64 KB', zipFile(docm)],
    ['a document with macros and a comment', zipFile(docm, { comment: 'c'.repeat(60_000) })],
    ['a document with macros and bytes before it', zipFile(docm, { prefix: 'GIF89a'.repeat(20_000) })],
    ['a document with macros and a large end record', zipFile(docm, { large: true })],
    [
      'a document with an end record in its comment',
      zipFile(docm, { comment: zipFile(types).toString('latin1') }),
    ],
    [
      'a document whose macros have another name',
      zipFile({ '[Content_Types].xml': 'application/vnd.ms-office.vbaProject', 'word/a.bin': 'macros' }),
    ],
    ['a document with an embedded object', zipFile({ ...types, 'word/embeddings/oleObject1.bin': 'x' })],
    ['a text with Basic', zipFile({ ...odt, 'Basic/Standard/Module1.xml': '<x/>' })],
    ['a text with a script', zipFile({ ...odt, 'Scripts/python/a.py': 'x' })],
    [
      'a text whose manifest names Basic',
      zipFile({ ...odt, 'META-INF/manifest.xml': manifest('Basic/a.xml') }),
    ],
    ['an RTF with an object', Buffer.from('{\\rt1 {\\object\\objemb{\\*\\objdata 01{\\x 0}5\\par 00\n}}}')],
    ['an RTF with an object far behind', Buffer.from(`{\\rtf1 ${'a '.repeat(90_000)}{\\*\\objdata0 01}}`)],
    ['an RTF with an object behind raw bytes', Buffer.from('{\\rtf1 {\\bin1 \\\\objdata 0105}}')],
    ['an RTF with an object that updates itself', Buffer.from(' \n{\\rtf1{\\object\\objupdate x}}')],
  ])('finds %s', async (_name, bytes) => {
    expect(await find(bytes)).toBe('program');
  });

  test.each<[string, Buffer]>([
    [
      'an OLE document',
      oleFile(['Root Entry', 'WordDocument', '1Table', 'Data', '\x05Summary'], [900, 3], 901),
    ],
    ['a document', zipFile(macros)],
    ['a document with the numbers of a chart', zipFile({ ...types, 'word/embeddings/Sheet1.xlsx': 'x' })],
    ['a text', zipFile({ ...odt, 'META-INF/manifest.xml': manifest('content.xml') })],
    ['an archive with a folder of scripts', zipFile({ 'scripts/build.py': 'x', 'basic/a.txt': 'x' })],
    ['an RTF', Buffer.from('{\\rtf1\\ansi The word \\\\objdata begins an object. \\objective\\par}')],
    ['a plain text that speaks of objects', Buffer.from('{\\*\\objdata 0105}')],
    ['nothing', Buffer.alloc(0)],
  ])('calls %s no program', async (_name, bytes) => {
    expect(await find(bytes)).toBe('none');
  });

  test.each<[string, Buffer]>([
    ['an OLE directory that runs in a loop', oleFile(['Root Entry'], [900, 3], 901, 900)],
    ['an OLE directory that leads out of the file', oleFile(['Root Entry'], [900], 901, 5_000)],
    [
      'an OLE directory without an end',
      oleFile(
        [],
        Array.from({ length: 12_000 }, (_, n) => n + 110),
        12_110,
      ),
    ],
    ['a zip that is cut off', zipFile(docm).subarray(0, 70_000)],
    ['an RTF of more than may be read', Buffer.from(`{\\rtf1 ${'a '.repeat(3_000_000)}}`)],
  ])('says that %s is unclear, within the bound', async (_name, bytes) => {
    const { finding, readBytes } = await look(bytes);
    expect([finding, readBytes <= 3 * 4 * 1024 * 1024]).toEqual(['unclear', true]);
  });

  test('a file with macros inside is only saved, and one that is unclear too unless it is an archive', () => {
    const verdict = (name: string, inside: Finding) => {
      const judged = judgeAttachment({ name, type: '', head: Buffer.from('PK\x03\x04'), inside });
      return judged.kind === 'open' ? 'open' : judged.reason;
    };
    expect([
      verdict('a.docx', 'program'),
      verdict('a.docx', 'unclear'),
      verdict('a.docx', 'none'),
      verdict('a.zip', 'unclear'),
    ]).toEqual(['disguised', 'unknown-type', 'open', 'open']);
  });
});
