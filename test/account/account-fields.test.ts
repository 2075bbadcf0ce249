import { describe, expect, test } from 'vitest';
import type { Security } from '../../shared/account.ts';
import {
  checkAddress,
  checkHost,
  checkPassword,
  checkPort,
  checkUser,
  type FieldRemark,
} from '../../shared/account-fields.ts';

function said(remark: FieldRemark | null): string {
  if (remark === null) return 'fine';
  const suggestion =
    remark.level === 'hint' && remark.suggestion !== undefined ? ` ${remark.suggestion}` : '';
  return `${remark.level} ${remark.code}${suggestion}`;
}

describe('the fields of the wizard, while they are typed', () => {
  test('address', () => {
    const typed = {
      'ada@example.org': 'fine',
      ' Ada Lovelace <ada@example.org> ': 'fine',
      'mailto:ada@example.org': 'fine',
      'вера@почта.рф': 'fine',
      'ada+pop@mail.example.co.uk': 'fine',
      'ada@gmial.com': 'hint likely-typo ada@gmail.com',
      'ada@gmail.co': 'hint likely-typo ada@gmail.com',
      'ada@hotmial.com': 'hint likely-typo ada@hotmail.com',
      'ada@mail.com': 'fine',
      'ada@ymail.com': 'fine',
      'ada@gmail.com': 'fine',
      ada: 'error no-at',
      'ada@': 'error no-domain',
      '@example.org': 'error no-local-part',
      'ada@example': 'error no-dot-in-domain',
      'ada@exa_mple.org': 'error bad-domain',
      'ada@example..org': 'error bad-domain',
      'ada lovelace@example.org': 'error has-spaces',
      'ada,bob@example.org': 'error bad-local-part',
      'ada@b@c.org': 'error several-at',
      'ada\u0000@example.org': 'error has-control-characters',
      '': 'error empty',
      [`${'a'.repeat(400)}@example.org`]: 'error too-long',
    };
    expect(Object.fromEntries(Object.keys(typed).map((text) => [text, said(checkAddress(text))]))).toEqual(
      typed,
    );
  });

  test('host', () => {
    const typed = {
      'pop.example.org': 'fine',
      localhost: 'fine',
      mail_server: 'fine',
      '192.0.2.1': 'fine',
      '2001:db8::1': 'fine',
      '[::1]': 'fine',
      'почта.рф': 'fine',
      '': 'error empty',
      'https://pop.example.org': 'error has-scheme',
      'pop.example.org:995': 'error has-port',
      'ada@example.org': 'error is-an-address',
      'pop example.org': 'error has-spaces',
      'pop..example.org': 'error bad-host',
      '192.0.2.999': 'error bad-host',
      'imap.example.org': 'hint imap-host pop.example.org',
      'smtp.example.org': 'hint smtp-host pop.example.org',
    };
    expect(Object.fromEntries(Object.keys(typed).map((text) => [text, said(checkHost(text))]))).toEqual(
      typed,
    );
  });

  test('port', () => {
    const typed: [string, Security, string][] = [
      ['995', 'tls', 'fine'],
      ['110', 'starttls', 'fine'],
      ['110', 'none', 'fine'],
      ['1110', 'tls', 'fine'],
      ['995', 'starttls', 'hint port-usually-tls'],
      ['110', 'tls', 'hint port-usually-starttls'],
      ['993', 'tls', 'hint imap-port 995'],
      ['143', 'starttls', 'hint imap-port 110'],
      ['587', 'starttls', 'hint smtp-port 995'],
      ['', 'tls', 'error empty'],
      ['pop', 'tls', 'error not-a-number'],
      ['99.5', 'tls', 'error not-a-number'],
      ['0', 'tls', 'error out-of-range'],
      ['65536', 'tls', 'error out-of-range'],
    ];
    expect(typed.map(([text, security]) => [text, security, said(checkPort(text, security))])).toEqual(typed);
  });

  test('user name and password', () => {
    expect([
      said(checkUser('ada')),
      said(checkUser(' ada')),
      said(checkUser('  ')),
      said(checkUser('ada\r\nDELE 1')),
      said(checkUser('a'.repeat(600))),
      said(checkPassword('correct horse')),
      said(checkPassword('secret ')),
      said(checkPassword('')),
      said(checkPassword('a\nb')),
    ]).toEqual([
      'fine',
      'hint spaces-at-the-edge ada',
      'error empty',
      'error has-control-characters',
      'error too-long',
      'fine',
      'hint spaces-at-the-edge secret',
      'error empty',
      'error has-control-characters',
    ]);
  });
});
