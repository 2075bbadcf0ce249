import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { extractPart, openPart } from '../../../electron/message/parsing/extract-part.ts';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { uuencoded, yencoded } from '../../messages/embedded-messages.ts';
import { base64, lines, quoted, someBytes } from '../../messages/made-message.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-extract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const data = someBytes(1_500_000, 3);
const sha256 = (chunks: Iterable<Buffer>): string => {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
};

const coded: Record<string, string | Buffer> = {
  base64: base64(data),
  'quoted-printable': quoted(Buffer.from(data.toString('hex'))),
  binary: data,
  'x-uuencode': uuencoded(data, 'data.bin'),
  'x-yenc': yencoded(data, 'data.bin'),
};
const wanted = (encoding: string): Buffer =>
  encoding === 'quoted-printable' ? Buffer.from(data.toString('hex')) : data;

test.each(Object.entries(coded))(
  'streams a large %s part from the middle of a file, exact to the byte',
  async (encoding, body) => {
    const message = Buffer.concat([
      Buffer.from(
        lines(
          'Subject: x',
          'Content-Type: multipart/mixed; boundary=bounds',
          '',
          '--bounds',
          '',
          'hello',
          '--bounds',
          'Content-Type: application/octet-stream; name=data.bin',
          `Content-Transfer-Encoding: ${encoding}`,
          '',
          '',
        ),
      ),
      Buffer.from(body as Buffer),
      Buffer.from('\r\n--bounds--\r\n'),
    ]);
    const path = join(folder, `${encoding}.tar`);
    writeFileSync(path, Buffer.concat([Buffer.alloc(512), message, Buffer.alloc(700)]));
    const file = { path, offset: 512, length: message.length };
    using open = openPart(file, '2');
    const hash = sha256([wanted(encoding)]);
    expect({
      streamed: open && sha256(open.chunks),
      inMemory: (await extractPart(message, '2'))?.attachment.sha256,
      fromFile: (await parseMessage(file)).attachments.map((attachment) => attachment.sha256),
    }).toEqual({ streamed: hash, inMemory: hash, fromFile: [hash] });
  },
);
