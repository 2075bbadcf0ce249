import { describe, expect, test } from 'vitest';
import { inspectMessage } from '../../../electron/message/parsing/inspect.ts';
import { base64, lines } from '../../messages/made-message.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC',
  'base64',
);
const gif = Buffer.from('GIF89a\x01\x00\x01\x00\x80\x00\x00', 'latin1');
const tiff = Buffer.from('II*\0\x08\0\0\0', 'latin1');
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1');
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>');
const pdf = Buffer.from('%PDF-1.4\n');

type File = { readonly head: readonly string[]; readonly bytes: Buffer };

function letter(html: string, files: readonly File[], htmlHead: readonly string[] = []): Buffer {
  const parts = files.flatMap(({ head, bytes }) => [
    '--cut',
    ...head,
    'Content-Transfer-Encoding: base64',
    '',
    base64(bytes),
  ]);
  const text = lines(
    'Subject: x',
    'Content-Type: multipart/related; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/html; charset=utf-8',
    ...htmlHead,
    '',
    html,
    ...parts,
    '--cut--',
    '',
  );
  return Buffer.from(text);
}

const one = (bytes: Buffer, ...head: string[]): File => ({ bytes, head });
const withId = (type: string): string[] => [`Content-Type: ${type}`, 'Content-ID: <a@x>'];
const placed = (location: string, ...head: string[]): string[] => [
  'Content-Type: image/png',
  `Content-Location: ${location}`,
  ...head,
];

/** For each file of a letter whether it is left out of the list. */
async function leftOut(message: Buffer): Promise<boolean[]> {
  const { attachments } = await inspectMessage(message);
  return attachments.map((attachment) => attachment.inline);
}

describe('a file is left out of the list where the cleaned page draws it', () => {
  const drawn: [string, Buffer][] = [
    ['as a picture', letter('<img src="cid:a@x">', [one(png, ...withId('image/png'))])],
    ['whatever type it has been given', letter('<img src="cid:a@x">', [one(gif, ...withId('text/plain'))])],
    [
      'as a ground',
      letter('<table background="cid:a@x"><tr><td>x</table>', [one(png, ...withId('image/png'))]),
    ],
    ['by an escaped id', letter('<img src="cid:a%40x">', [one(png, ...withId('image/png'))])],
    ['by an id in other capitals', letter('<img src="cid:A@X">', [one(png, ...withId('image/png'))])],
    [
      'by an id that is folded into encoded words',
      letter('<img src="cid:long-id@x">', [
        one(png, 'Content-Type: image/png', 'Content-ID: <=?us-ascii?Q?long-?=\r\n =?us-ascii?Q?id=40x?=>'),
      ]),
    ],
    [
      'by the name of a file without an id',
      letter('<img src="cid:a.png">', [one(png, 'Content-Type: image/png; name=a.png')]),
    ],
    ['by a relative location', letter('<img src="logo.png">', [one(png, ...placed('logo.png'))])],
    [
      'by a location in full',
      letter('<img src="http://a.example/b/l.png">', [one(png, ...placed('http://a.example/b/l.png'))]),
    ],
    [
      'by a location that the place of the page completes',
      letter(
        '<img src="../i/l.png">',
        [one(png, ...placed('http://a.example/i/l.png'))],
        ['Content-Location: http://a.example/b/page.html'],
      ),
    ],
    [
      'by a location that its base completes',
      letter('<base href="http://a.example/b/"><img src="l.png">', [
        one(png, ...placed('http://a.example/b/l.png')),
      ]),
    ],
    [
      'by a folded location',
      letter('<img src="http://a.example/long/l.png">', [
        one(png, ...placed('http://a.example/\r\n long/l.png')),
      ]),
    ],
  ];
  for (const [how, message] of drawn)
    test(`${how}`, async () => expect(await leftOut(message)).toEqual([true]));
});

describe('a file is listed', () => {
  const listed: [string, Buffer][] = [
    ['that only a link names', letter('<a href="cid:a@x">open</a>', [one(png, ...withId('image/png'))])],
    ['that the text mentions', letter('<p>see cid:a@x</p>', [one(png, ...withId('image/png'))])],
    [
      'that a comment mentions',
      letter('<p>x</p><!-- <img src="cid:a@x"> -->', [one(png, ...withId('image/png'))]),
    ],
    [
      'that an object names',
      letter('<object data="cid:a@x">x</object>', [one(pdf, ...withId('application/pdf'))]),
    ],
    [
      'that is in a hidden element',
      letter('<div style="display: none"><img src="cid:a@x"></div>', [one(png, ...withId('image/png'))]),
    ],
    [
      'that is a picture without size',
      letter('<img width=0 height=0 src="cid:a@x">', [one(png, ...withId('image/png'))]),
    ],
    ['that is a TIFF', letter('<img src="cid:a@x">', [one(tiff, ...withId('image/tiff'))])],
    ['that is a HEIC', letter('<img src="cid:a@x">', [one(heic, ...withId('image/heic'))])],
    ['that is an SVG', letter('<img src="cid:a@x">', [one(svg, ...withId('image/svg+xml'))])],
    ['that is a PDF called PNG', letter('<img src="cid:a@x">', [one(pdf, ...withId('image/png'))])],
    ['whose location the text mentions', letter('<p>logo.png</p>', [one(png, ...placed('logo.png'))])],
    [
      'whose location is part of another',
      letter('<img src="big-logo.png">', [one(png, ...placed('logo.png'))]),
    ],
  ];
  for (const [which, message] of listed)
    test(`${which}`, async () => expect(await leftOut(message)).toEqual([false]));

  test('that bears the id of another one, which is drawn', async () => {
    const twice = letter('<img src="cid:a@x">', [
      one(png, ...withId('image/png')),
      one(gif, ...withId('image/gif')),
    ]);
    expect(await leftOut(twice)).toEqual([true, false]);
  });
});

test('a link to a file of the message leads to the file', async () => {
  const message = letter('<a href="cid:a@x">open</a> <a href="cid:gone">no</a>', [
    one(pdf, ...withId('application/pdf')),
  ]);
  expect((await inspectMessage(message)).html).toContain('<a href="cid:a@x">open</a> <a>no</a>');
});

describe('links', () => {
  const cleaned = async (html: string, ...htmlHead: string[]): Promise<string> =>
    (await inspectMessage(letter(html, [], htmlHead))).html?.replace(
      /^.*<body>|<\/body>.*$|\s+(?=<\/body>)/gs,
      '',
    ) ?? '';

  test('lead to where the base says', async () => {
    expect(await cleaned('<base href="https://f.example/a/"><a href="t?x=1">x</a><a href="/u">y</a>')).toBe(
      '<a href="https://f.example/a/t?x=1">x</a><a href="https://f.example/u">y</a>',
    );
  });
  test('lead nowhere by a base that is no address of the web', async () => {
    expect(await cleaned('<base href="javascript://x/"><a href="t">x</a>')).toBe('<a>x</a>');
  });
  test('lead to the host that www begins', async () => {
    expect(await cleaned('<a href="www.shop.example/sale">x</a>')).toBe(
      '<a href="http://www.shop.example/sale">x</a>',
    );
  });
  test('within the message lead to their place, of whichever kind', async () => {
    expect(
      await cleaned(
        '<a href="#b">x</a><h2 id="b">y</h2><a href="#Ende%20">z</a><a name="Ende">e</a><p id="c">f</p>',
      ),
    ).toBe(
      '<a href="#place-b">x</a><h2 id="place-b" class="id-b">y</h2><a href="#place-Ende">z</a><a id="place-Ende">e</a><p class="id-c">f</p>',
    );
  });
});
