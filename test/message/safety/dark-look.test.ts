import { readdirSync, readFileSync } from 'node:fs';
import { wcagContrast } from 'culori';
import { describe, expect, test } from 'vitest';
import { darkColour, darkGround, lightText } from '../../../electron/message/safety/dark-colours.ts';
import { legacyColour } from '../../../electron/message/safety/legacy-colour.ts';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { dangersIn } from './dangers.ts';

const folder = new URL('newsletters/', import.meta.url);
const dark = (html: string, shows = (url: string): string | null => url) =>
  sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: shows, isDark: true });
const inBody = (html: string) => /<body[^>]*>(.*)<\/body>/s.exec(dark(html).html)?.[1];

describe('colours on a dark ground', () => {
  test('any text on any ground has a contrast of at least 4.5 to 1', () => {
    const steps = ['00', '40', '80', 'c0', 'ff'];
    const all = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));
    const texts = [...all, 'rgba(0,0,0,.6)', 'hsl(0 0% 50%)'].map((one) => darkColour(one, 'text') ?? '');
    const grounds = all.map((one) => darkColour(one, 'ground') ?? '');
    const worst = Math.min(...texts.flatMap((text) => grounds.map((ground) => wcagContrast(text, ground))));
    expect(worst).toBeGreaterThanOrEqual(4.5);
  });

  test('white becomes the ground of the page and black its text', () => {
    expect([darkColour('white', 'ground'), darkColour('#000', 'text')]).toEqual([darkGround, lightText]);
  });

  test('what is no fixed colour stays as it is', () => {
    expect(['inherit', 'windowtext', 'transparent'].map((one) => darkColour(one, 'text'))).toEqual([
      null,
      null,
      '#ebebeb00',
    ]);
  });

  test.each([
    ['ffffff', '#ffffff'],
    ['#fff', '#fff'],
    ['White', '#ffffff'],
    ['chucknorris', '#c00000'],
    ['', null],
  ])('the old attribute value "%s" is %s', (written, colour) => {
    expect(legacyColour(written)).toBe(colour);
  });
});

describe('a message made dark', () => {
  test('has its declarations and attributes moved, its pictures and words not', () => {
    expect(
      inBody(
        '<table bgcolor="ffffff"><td style="color:black;background:#fff;border:1px solid #fff;font-family:\'red\'">red <font color=black>x</font><img src="https://a.example/white.png" alt=white>',
      ),
    ).toBe(
      '<table bgcolor="#1a1a1a"><tbody><tr><td style="color:#ebebeb;background:#1a1a1a;border:1px solid #1f1f1f;font-family:&quot;red&quot;;">red <font color="#ebebeb">x</font><img src="https://a.example/white.png" alt="white"></td></tr></tbody></table>',
    );
  });

  test('a picture below text is veiled, and a colour that is computed is left out', () => {
    expect(
      inBody('<p style="background:url(https://a.example/x.png) #fff;color:color-mix(in srgb,red,blue)">x'),
    ).toBe(
      '<p style="background:linear-gradient(#1a1a1acc,#1a1a1acc),url(&quot;https://a.example/x.png&quot;) #1a1a1a;">x</p>',
    );
  });

  test.each([
    ['its body is dark', '<body bgcolor=black><p style="color:#fff">x'],
    ['a sheet makes it so', '<style>body{margin:0;background-color:#111}</style><p style="color:#fff">x'],
    ['what holds everything is', '<table width="100%" bgcolor="#222"><td><p style="color:#fff">x'],
    [
      'its author wrote dark rules',
      '<style>@media (prefers-color-scheme:dark){body{background:#000}}</style><p style="color:#fff">x',
    ],
  ])('is left alone where %s', (_why, html) => {
    expect(dark(html).html).toContain('<p style="color:#fff;">');
  });

  test.each(readdirSync(folder))('%s stays as safe as it was', (name) => {
    expect(dangersIn(dark(readFileSync(new URL(name, folder), 'utf8'), () => null).html)).toEqual([]);
  });
});
