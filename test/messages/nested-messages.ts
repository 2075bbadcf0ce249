import { base64, lines, type MadeMessage, made } from './made-message.ts';

const inner = lines('Subject: inner', 'From: b@example.com', '', 'inner text');
const holding = (body: string, ...headers: string[]): string =>
  lines(
    'Subject: outer',
    'Content-Type: multipart/mixed; boundary=o',
    '',
    '--o',
    '',
    'hello',
    '--o',
    ...headers,
    '',
    body,
    '--o--',
    '',
  );
const eml = (content: string): object => ({
  name: 'inner.eml',
  type: 'message/rfc822',
  content: Buffer.from(content),
});
const rfc822 = 'Content-Type: message/rfc822';

/** A message in a message in a message. */
function russianDoll(depth: number): string {
  let text = lines('Subject: innermost', '', 'the end');
  for (let level = 0; level < depth; level++) text = lines(`Subject: level ${level}`, rfc822, '', text);
  return text;
}

/** Messages inside messages. */
export const nestedMessages: readonly MadeMessage[] = [
  made('a forwarded message is a file with its exact bytes', holding(inner, rfc822), {
    text: 'hello',
    files: [eml(inner)],
  }),
  made('a forwarded message that has a name', holding(inner, `${rfc822}; name="letter.eml"`), {
    files: [{ name: 'letter.eml' }],
  }),
  made(
    'a forwarded message in base64, against the rules',
    holding(base64(inner), rfc822, 'Content-Transfer-Encoding: base64'),
    { files: [eml(inner)] },
  ),
  made(
    'a forwarded message with a Russian subject',
    holding(inner.replace('inner', '=?utf-8?B?0J/RgNC40LLQtdGC?='), rfc822),
    { files: [{ name: 'Привет.eml' }] },
  ),
  made(
    'a forwarded multipart that uses the boundary of its envelope',
    holding(
      lines(
        'Subject: inner',
        'Content-Type: multipart/mixed; boundary=i',
        '',
        '--i',
        '',
        'inner text',
        '--i--',
      ),
      rfc822,
    ),
    { text: 'hello', files: [{ name: 'inner.eml' }] },
  ),
  made('a message that is nothing but a message', lines('Subject: outer', rfc822, '', inner), {
    subject: 'outer',
    text: null,
    files: [eml(inner)],
  }),
  made(
    'a digest',
    lines(
      'Content-Type: multipart/digest; boundary=d',
      '',
      '--d',
      '',
      inner,
      '--d',
      '',
      inner.replace('inner', 'second'),
      '--d--',
      '',
    ),
    { files: [eml(inner), { name: 'second.eml' }], preview: 'inner inner text second inner text' },
  ),
  made('a message in a message, 5 deep', russianDoll(5), { files: [{ name: 'level 3.eml' }] }),
  made('a message in a message, 50 deep', russianDoll(50), {
    subject: 'level 49',
    files: [{ name: 'level 48.eml' }],
  }),
  made('a forwarded message without headers', holding('just text', rfc822), {
    text: 'hello',
    files: [{ type: 'message/rfc822' }],
  }),
  made('an empty forwarded message', holding('', rfc822), {
    text: 'hello',
    files: [{ name: 'message.eml', content: Buffer.from('') }],
  }),
  made(
    'a fragment of a message',
    lines(
      'Subject: x',
      'Content-Type: message/partial; number=1; total=3; id="a@x"',
      '',
      'Subject: whole',
      '',
      'the first third',
    ),
    { textHas: ['the first third'], files: [{ type: 'message/partial' }] },
  ),
  made(
    'a body that lies elsewhere is not fetched',
    lines(
      'Subject: x',
      'Content-Type: message/external-body; access-type=URL; URL="http://example.com/a"',
      '',
      'Content-Type: image/png',
      '',
      '',
    ),
    { textHas: ['Content-Type: image/png'], files: [{ type: 'message/external-body' }] },
  ),
];
