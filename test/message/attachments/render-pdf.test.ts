import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { renderPdf } from '../../../electron/message/attachments/render-pdf.ts';
import { ParsePool } from '../../../electron/message/parsing/parse-pool.ts';
import { base64, lines } from '../../messages/made-message.ts';
import { locked, madePdf, pdfRendererPath, pdfTricks } from '../../messages/made-pdf.ts';
import { builtParseWorker } from '../parsing/built-worker.ts';

const renderer = new WebAssembly.Module(readFileSync(pdfRendererPath));

/** Width and height as the PNG itself says. */
const sizeOf = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};
/** Whether any row differs from the one above: something is drawn on the paper. */
const isDrawnOn = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  const [width = 0] = sizeOf(png);
  const rows = inflateSync(bytes.subarray(41, bytes.length - 16));
  return rows.subarray(width * 3 + 1).some((value) => value !== 0 && value !== 2);
};
const why = (bytes: Uint8Array, limits = {}) =>
  renderPdf(bytes, renderer, limits).then(
    ({ pictures, pageCount }) => ({ sizes: pictures.map(sizeOf), pageCount }),
    (error: Error) => error.message,
  );

describe('a PDF that is looked at', () => {
  test('is drawn page by page as wide as the window has use for', async () => {
    const { pictures, pageCount } = await renderPdf(madePdf({ pages: 3 }), renderer);
    expect({ pageCount, pages: pictures.map((page) => [...sizeOf(page), isDrawnOn(page)]) }).toEqual({
      pageCount: 3,
      pages: [
        [1000, 1250, true],
        [1000, 1250, true],
        [1000, 1250, true],
      ],
    });
    const blank = await renderPdf(madePdf({ drawing: '' }), renderer);
    expect(blank.pictures.map(isDrawnOn)).toEqual([false]);
  });

  test.each(Object.entries(pdfTricks('http://192.0.2.1/leak')))(
    'looks the same with %s as without',
    async (_name, trick) => {
      expect(await renderPdf(trick, renderer)).toEqual(await renderPdf(madePdf(), renderer));
    },
  );

  test('says why nothing can be shown of one that is locked, broken or no PDF', async () => {
    const whole = madePdf();
    const broken = Buffer.concat([whole.subarray(0, 60), Buffer.alloc(500, 0x41)]);
    expect({
      locked: await why(madePdf({ trailer: locked })),
      broken: await why(broken),
      empty: await why(madePdf({ pages: 0 })),
      other: await why(Buffer.from('<html><script>alert(1)</script>')),
    }).toEqual({
      locked: 'Password required or incorrect password',
      broken: 'File not in PDF format or corrupted',
      empty: 'none of its pages can be drawn',
      other: 'it is not a PDF',
    });
  });

  test('is held to a number of pages, to pixels, to bytes, to time and to memory', async () => {
    expect({
      pages: await why(madePdf({ pages: 10_000 }), { pages: 4, widthPixels: 50 }),
      vast: await why(madePdf({ size: [14_400, 14_400] }), { pixelsPerPage: 40_000 }),
      tall: await why(madePdf({ size: [3, 14_400] }), { pixelsPerPage: 40_000 }),
      bytes: await why(madePdf({ pages: 9 }), { pngBytes: 1 }),
      time: await why(madePdf({ pages: 9 }), { timeMs: -1 }),
      memory: await why(madePdf(), {
        widthPixels: 3000,
        pixelsPerPage: 9_000_000,
        memoryBytes: 30_000_000,
      }),
      length: await why(Buffer.concat([madePdf(), Buffer.alloc(9_000_000)]), { memoryBytes: 30_000_000 }),
    }).toEqual({
      pages: {
        sizes: [
          [50, 62],
          [50, 62],
          [50, 62],
          [50, 62],
        ],
        pageCount: 10_000,
      },
      vast: { sizes: [[200, 200]], pageCount: 1 },
      tall: { sizes: [[2, 13_856]], pageCount: 1 },
      bytes: 'none of its pages can be drawn',
      time: 'none of its pages can be drawn',
      memory: 'none of its pages can be drawn',
      length: 'it is too large',
    });
  });
});

test('a parse worker draws the PDF of a message and says what is wrong with one that it cannot draw', async () => {
  await using thread = await builtParseWorker();
  await using pool = new ParsePool({ entry: thread.entry });
  const attached = (bytes: Buffer) => [
    '--b',
    'Content-Type: application/pdf; name=a.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    base64(bytes),
  ];
  const source = Buffer.from(
    lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...attached(madePdf({ pages: 2 })),
      ...attached(madePdf({ trailer: locked })),
      '--b--',
    ),
  );
  const replies = await Promise.all(
    ['1', '2', '3'].map((part) => pool.parse({ job: 'draw-pdf', source, part })),
  );
  expect(replies).toEqual([
    { kind: 'drawn', pageCount: 2, pictures: [expect.any(Uint8Array), expect.any(Uint8Array)] },
    {
      kind: 'unparsed',
      reason: 'failed',
      detail: 'Password required or incorrect password',
      why: 'locked-pdf',
    },
    { kind: 'no-such-part' },
  ]);
}, 60_000);
