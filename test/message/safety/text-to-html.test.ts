import { describe, expect, test } from 'vitest';
import { textToHtml } from '../../../electron/message/safety/text-to-html.ts';

const body = (text: string, format = {}): string =>
  /<body class="poppy-text">([\s\S]*)<\/body>/.exec(textToHtml(text, format).html)?.[1] ?? '';

describe('plain text', () => {
  test('is escaped', () => {
    expect(body('<b onclick="x">&amp;</b>')).toBe(
      '<div>&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;</div>',
    );
  });

  test('shows quoted levels inside one another, with a colour for each', () => {
    expect(body('a\n> b\n> > c\n>> d\ne')).toBe(
      '<div>a</div><blockquote class="q1"><div>b</div><blockquote class="q2"><div>c\nd</div></blockquote></blockquote><div>e</div>',
    );
  });

  test('begins the colours again after five levels', () => {
    expect(body('>>>>>> x')).toContain('<blockquote class="q5"><blockquote class="q1"><div>x</div>');
  });

  test('makes web and mail addresses live, and nothing else', () => {
    const shown = textToHtml(
      'See https://a.example/x?a=1&b=2, www.b.com or c@d.com; not ftp://e.com, report.md, javascript:x',
    );
    expect(shown.links).toEqual([
      { href: 'https://a.example/x?a=1&b=2', text: 'https://a.example/x?a=1&b=2' },
      { href: 'http://www.b.com/', text: 'www.b.com' },
      { href: 'mailto:c@d.com', text: 'c@d.com' },
    ]);
    expect(shown.html).toContain(
      '<a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>, ',
    );
  });

  test('joins flowed lines, takes the stuffed blank away and keeps fixed lines', () => {
    expect(body('one \ntwo\n From here\n> quoted \n> on\nlast', { flowed: true })).toBe(
      '<div>one two\nFrom here</div><blockquote class="q1"><div>quoted on</div></blockquote><div>last</div>',
    );
  });

  test('drops the last blank of flowed lines when the sender says so', () => {
    expect(body('漢 \n字', { flowed: true, delSp: true })).toBe('<div>漢字</div>');
  });

  test('does not join a flowed line with another quoted level or with the signature', () => {
    expect(body('a \n> b \n-- \nAnna', { flowed: true })).toBe(
      '<div>a </div><blockquote class="q1"><div>b </div></blockquote><div class="poppy-signature">-- \nAnna</div>',
    );
  });

  test('dims the signature to its end', () => {
    expect(body('Hi\n-- \nAnna\n\n--\nx')).toBe(
      '<div>Hi</div><div class="poppy-signature">-- \nAnna\n\n--\nx</div>',
    );
  });

  test('reads any sort of line end', () => {
    expect(body('a\r\nb\rc\nd')).toBe('<div>a\nb\nc\nd</div>');
  });

  test('bounds the depth of quoting', () => {
    expect(body(`${'>'.repeat(5_000)} x`).match(/<blockquote/g)?.length).toBe(40);
  });
});

describe('a text made to keep its reader waiting', () => {
  test('of ten megabytes of quote marks in one line is shown', () => {
    expect(body(`${'>'.repeat(10_000_000)} end`)).toMatch(/^(?:<blockquote[^>]*>){40}<div>end<\/div>/);
  });

  test('is shown to its end, without levels and links once there were very many', () => {
    const lines = Array.from({ length: 250_000 }, (_, index) => `${index}`);
    const levels = Array.from({ length: 30_000 }, (_, index) =>
      index % 2 === 0 ? `> ${index}` : `${index}`,
    );
    const addresses = Array.from({ length: 12_000 }, (_, index) => `a${index}@b.example`);
    const shown = textToHtml(addresses.join('\n'));
    const plain = (html: string) => html.replace(/<[^>]*>/g, '\n').replaceAll('&gt;', '>');
    const numbers = (html: string) => plain(html).match(/\d+/g)?.map(Number);
    expect({
      lines: numbers(body(lines.join('\n')))?.every((number, index) => number === index),
      levels: numbers(body(levels.join('\n')))?.every((number, index) => number === index),
      marksAtTheEnd: plain(body(levels.join('\n')))
        .trim()
        .endsWith('> 29998\n29999'),
      live: shown.links.length,
      addresses: plain(shown.html).match(/@b\.example/g)?.length,
    }).toEqual({ lines: true, levels: true, marksAtTheEnd: true, live: 10_000, addresses: 12_000 });
  });
});
