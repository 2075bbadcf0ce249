import { expect, test } from 'vitest';
import { extractPart } from '../../../electron/message/parsing/extract-part.ts';
import { inspectMessage } from '../../../electron/message/parsing/inspect.ts';

const nested = [
  'Subject: outer',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'hello',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'Content-Type: image/png; name=dot.png',
  'Content-Transfer-Encoding: base64',
  '',
  'AAECAwQ=',
  '--b--',
  '',
].join('\r\n');

test('lists a message inside a message as one attachment and finds the parts inside it', async () => {
  const source = Buffer.from(nested);
  const inspection = await inspectMessage(source);
  const inner = await extractPart(source, '2.1');
  expect({
    text: inspection.text,
    attachments: inspection.attachments.map(({ part, name, type }) => ({ part, name, type })),
    inner: { name: inner?.attachment.name, bytes: inner && [...inner.bytes] },
    missing: await extractPart(source, '3'),
  }).toEqual({
    text: 'hello',
    attachments: [{ part: '2', name: 'inner.eml', type: 'message/rfc822' }],
    inner: { name: 'dot.png', bytes: [0, 1, 2, 3, 4] },
    missing: null,
  });
});
