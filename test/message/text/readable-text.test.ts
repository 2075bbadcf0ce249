import { expect, test } from 'vitest';
import { readableText } from '../../../electron/message/text/readable-text.ts';

const plain = { text: null, html: null, textIsFlowed: false, textIsDelSp: false };

test('quotes what a reader of the HTML sees: no styles, no scripts, nothing kept out of sight', () => {
  const html = `<html><head><title>Title</title><style>.pre, p{color:red} .gone { display : none !important }
    @media (max-width:600px){.phone{display:none}}</style></head><body>
    <div style="DISPLAY: none; max-height:0">Preheader &zwnj;</div><span style="font-size:0px">tiny</span>
    <p class="gone">Gone by class</p><p hidden>Gone by attribute</p><p class="phone">On a wide screen</p>
    <script>var a = "script"</script><template>template</template><!-- comment -->
    <p>Hello <a href="https://track.example/x?y">our page</a>, <b>Anna</b>.</p><p style="font-size:0.9em">Small print</p>
    <ul><li>one</li><li>two</li></ul><img alt="picture" src="x"></body></html>`;
  expect(readableText({ ...plain, html })).toBe(
    'On a wide screen\n\nHello our page, Anna.\n\nSmall print\n\n * one\n * two',
  );
});

test('takes the plain text where it says something, its flowed lines joined, and the HTML where it only points there', () => {
  const html = `<p>${'The real letter. '.repeat(100)}</p>`;
  const stub = { ...plain, text: 'Your program cannot show HTML.', html };
  const flowed = { ...plain, text: 'one \ntwo\n\nthree', textIsFlowed: true, html: '<p>other</p>' };
  expect([
    readableText(stub).slice(0, 16),
    readableText(flowed),
    readableText(plain),
    readableText({ ...plain, text: 'only', html: '<img src="cid:1">' }),
  ]).toEqual(['The real letter.', 'one two\n\nthree', '', 'only']);
});

test('stays bounded on HTML of megabytes', () => {
  const text = readableText({
    ...plain,
    html: `<style>${'.a{'.repeat(100_000)}</style>${'<p>word</p>'.repeat(500_000)}`,
  });
  expect(text.length).toBeLessThan(500_000);
});
