import { describe, expect, test } from 'vitest';
import { judgeFollowed, judgeLink } from '../../../electron/message/safety/link.ts';

const verdict = (href: string, text = ''): string => {
  const { kind, reasons } = judgeLink({ href, text });
  return [kind, ...reasons].join(' ');
};

describe('a link', () => {
  test.each([
    ['https://example.com/a?b#c', 'Read more', 'open'],
    ['https://example.com/', 'example.com', 'open'],
    ['https://www.example.com/', 'https://example.com/shop', 'open'],
    ['https://shop.example.co.uk/', 'www.example.co.uk', 'open'],
    ['https://example.com/', 'Version 2.0, see report.final', 'open'],
    ['https://пример.рф/', 'пример.рф', 'open'],
    ['https://münchen.de/', 'München', 'open'],
    ['https://例え.jp/', '例え.jp', 'open'],
    ['mailto:info@example.com?subject=Hi', 'Write to us', 'open'],
    ['mailto:info@example.com', 'Info@Example.com', 'open'],
  ])('to an honest place opens: %s under "%s"', (href, text, expected) => {
    expect(verdict(href, text)).toBe(expected);
  });

  test.each([
    ['https://evil.example.net/', 'https://bank.com', 'ask text-mismatch'],
    ['https://evil.example.net/', 'Log in at www.bank.com now', 'ask text-mismatch'],
    ['https://evil.example.net/', 'bank.com/login', 'ask text-mismatch'],
    ['https://evil.example.net/', '\u2192 bank.com \u00bb', 'ask text-mismatch'],
    ['https://evil.example.net/', 'ba\u200bnk.com', 'ask text-mismatch'],
    ['https://evil.example.net/', 'ｂａｎｋ．ｃｏｍ', 'ask text-mismatch'],
    ['https://evil.example.net/', 'help@bank.com', 'ask text-mismatch'],
    ['https://bank.com.evil.net/', 'https://bank.com', 'ask text-mismatch'],
    ['https://a.github.io/', 'https://b.github.io', 'ask text-mismatch'],
    ['mailto:thief@evil.net', 'help@bank.com', 'ask text-mismatch'],
    ['https://bank.com@evil.net/', '', 'ask user-info'],
    ['http://93.184.216.34/', '', 'ask ip-address'],
    ['http://1572395042/', '', 'ask ip-address'],
    ['http://[2001:db8::1]/', '', 'ask ip-address'],
    ['http://router/', '', 'ask local-host'],
    ['http://localhost:8080/', '', 'ask local-host'],
    ['https://раyраl.com/', '', 'ask mixed-scripts look-alike'],
    ['https://магазинx.com/', '', 'ask mixed-scripts'],
    ['https://xn--80ak6aa92e.com/', '', 'ask look-alike'],
    ['https://аррӏе.com/', '', 'ask look-alike'],
    ['https://google.com⁄login.evil.net/', '', 'ask look-alike'],
    [`https://example.com/${'a'.repeat(3_000)}`, '', 'ask very-long'],
  ])('that may mislead asks: %s under "%s"', (href, text, expected) => {
    expect(verdict(href, text)).toBe(expected);
  });

  test.each([
    ['javascript:alert(1)', 'refuse scheme'],
    ['file:///etc/passwd', 'refuse scheme'],
    ['ms-msdt:/id', 'refuse scheme'],
    ['data:text/html,x', 'refuse scheme'],
    ['smb://host/share', 'refuse scheme'],
    ['https://', 'refuse scheme'],
    ['example.com', 'refuse scheme'],
    ['https://example.com/\u202efdp.exe', 'refuse control-characters'],
    ['https://exa\nmple.com/', 'refuse control-characters'],
    ['mailto:a@b.example?attach=/etc/passwd', 'refuse attaches-file'],
    ['mailto:a@b.example?subject=x&ATTACHMENT=~/.ssh/id_rsa', 'refuse attaches-file'],
  ])('that could do harm is refused: %s', (href, expected) => {
    expect(verdict(href)).toBe(expected);
  });

  test('shows an international host in both forms', () => {
    expect(judgeLink({ href: 'https://пример.рф/путь', text: '' })).toEqual({
      kind: 'open',
      href: 'https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C',
      host: 'пример.рф',
      hostAscii: 'xn--e1afmkfd.xn--p1ai',
      reasons: [],
    });
  });

  test('that stands under several texts is judged under the worst of them', () => {
    const links = [
      { href: 'https://a.example/', text: 'Here' },
      { href: 'https://a.example/', text: 'https://bank.com' },
      { href: 'https://b.example/', text: 'https://c.example' },
    ];
    expect([
      judgeFollowed('https://a.example/', links).reasons,
      judgeFollowed('https://b.example/', [{ href: 'https://b.example/', text: 'Here' }]).kind,
    ]).toEqual([['text-mismatch'], 'open']);
  });

  test('that is not known from the page is asked about, however plain it looks', () => {
    const links = [{ href: 'https://a.example/x%7Cy', text: 'https://bank.com' }];
    const { kind, reasons } = judgeFollowed('https://a.example/x|y', links);
    expect([kind, reasons]).toEqual(['ask', ['unknown']]);
    expect(judgeFollowed('file:///etc/passwd', []).kind).toBe('refuse');
  });
});
