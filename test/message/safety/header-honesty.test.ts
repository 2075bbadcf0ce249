import { describe, expect, test } from 'vitest';
import { cleanHeaderText, judgeSender } from '../../../electron/message/safety/header-honesty.ts';

describe('header text', () => {
  test.each([
    ['Hello\r\n\tworld', 'Hello world'],
    ['pay\u202epal', 'paypal'],
    ['a\u200bb\ufeffc\u2060d', 'abcd'],
    ['\u3164\u3164\u2800', ''],
    ['x\u0000\u0007y', 'x y'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['a\u2028b', 'a b'],
    ['tag\u{e0041}\u{e007f}', 'tag'],
    ['👩\u200d🚀 ❤\ufe0f 1\ufe0f⃣', '👩\u200d🚀 ❤\ufe0f 1\ufe0f⃣'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['a\u200cb', 'ab'],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306o', 'Z\u0300\u0301\u0302\u0303o'],
    ['  many   blanks\u00a0here ', 'many blanks here'],
    ['Привет, мир', 'Привет, мир'],
  ])('%j is shown as %j', (text, expected) => {
    expect(cleanHeaderText(text)).toBe(expected);
  });
});

describe('a sender', () => {
  const from = (name: string, address: string) => ({ from: { name, address } });

  test('of an honest kind has no flags', () => {
    expect(
      judgeSender({
        ...from('Anna Berg', 'anna@shop.example.com'),
        replyTo: [{ name: '', address: 'help@example.com' }],
      }),
    ).toEqual({
      name: 'Anna Berg',
      address: 'anna@shop.example.com',
      addressAscii: 'anna@shop.example.com',
      flags: [],
    });
  });

  test.each([
    ['service@bank.com', 'x@evil.net', ['name-holds-address']],
    ['Bank <service @ bank.com>', 'x@evil.net', ['name-holds-address']],
    ['x@evil.net', 'x@evil.net', []],
    ['Bank', 'x@раyраl.com', ['mixed-script']],
    ['Bank', 'x@xn--80ak6aa92e.com', ['mixed-script']],
    ['Ba\u200bnk\u202e', 'x@bank.com', ['hidden-characters']],
    ['Bank', '', ['no-address']],
    ['Анна', 'anna@почта.рф', []],
  ])('called %j with address %j has the flags %j', (name, address, flags) => {
    expect(judgeSender(from(name, address)).flags).toEqual(flags);
  });

  test('with a name of megabytes costs nothing', () => {
    expect(judgeSender(from('a.'.repeat(500_000), 'x@bank.com')).flags).toEqual([]);
  });

  test('whose answers go elsewhere is flagged', () => {
    expect(
      judgeSender({
        ...from('Anna', 'anna@example.com'),
        replyTo: [{ name: 'Anna', address: 'anna@evil.net' }],
      }).flags,
    ).toEqual(['reply-to-elsewhere']);
  });

  test('is shown with its domain as people read it', () => {
    const { address, addressAscii } = judgeSender(from('', 'a@xn--80a1acny.xn--p1ai'));
    expect([address, addressAscii]).toEqual(['a@почта.рф', 'a@xn--80a1acny.xn--p1ai']);
  });
});
