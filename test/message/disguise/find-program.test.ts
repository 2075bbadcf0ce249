import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../electron/message/disguise/bounded-reader.ts';
import { findProgram } from '../../../electron/message/disguise/find-program.ts';
import { judgeAttachment } from '../../../shared/attachment-policy.ts';
import { docm, macros, odt, oleFile, types, zipFile } from '../../messages/made-documents.ts';

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
    ]).toEqual(['disguised', 'unclear', 'open', 'open']);
  });
});
