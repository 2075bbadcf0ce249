import { expect, test } from 'vitest';
import { apopDigest, apopTimestamp } from '../../../electron/pop3/authentication/apop.ts';
import { oauthBearer, xoauth2 } from '../../../electron/pop3/authentication/bearer.ts';
import { cramMd5 } from '../../../electron/pop3/authentication/cram-md5.ts';
import { login } from '../../../electron/pop3/authentication/login.ts';
import type { Mechanism } from '../../../electron/pop3/authentication/mechanism.ts';
import { plain } from '../../../electron/pop3/authentication/plain.ts';
import { scram } from '../../../electron/pop3/authentication/scram.ts';

/** Every answer to the challenges in their order, with the control bytes made visible. */
async function answers(mechanism: Mechanism, challenges: readonly (string | null)[]): Promise<string[]> {
  const given: string[] = [];
  for (const challenge of challenges) {
    const answer = await mechanism.respond(challenge === null ? null : Buffer.from(challenge));
    given.push(Buffer.from(answer).toString().replaceAll('\x01', '^A').replaceAll('\0', '^@'));
  }
  mechanism.verify();
  return given;
}

test('SCRAM-SHA-1 gives the messages of RFC 5802 section 5', async () => {
  const mechanism = scram({
    hash: 'sha1',
    user: 'user',
    password: 'pencil',
    binding: 'none',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
  });
  expect(
    await answers(mechanism, [
      null,
      'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    ]),
  ).toEqual([
    'n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL',
    'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    '',
  ]);
});

test('SCRAM-SHA-256 gives the messages of RFC 7677 section 3', async () => {
  const mechanism = scram({
    hash: 'sha256',
    user: 'user',
    password: 'pencil',
    binding: 'none',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
  });
  expect(
    await answers(mechanism, [
      null,
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    ]),
  ).toEqual([
    'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
    'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    '',
  ]);
});

test('CRAM-MD5 gives the digest of RFC 2195 section 2', async () => {
  expect(
    await answers(cramMd5('tim', 'tanstaaftanstaaf'), ['<1896.697170952@postoffice.reston.mci.net>']),
  ).toEqual(['tim b913a602c7eda7a495b4e6e7334d3890']);
});

test('APOP gives the digest of RFC 1939 section 7', () => {
  const timestamp = apopTimestamp('+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>');
  expect([timestamp, apopDigest(timestamp ?? '', 'tanstaaf')]).toEqual([
    '<1896.697170952@dbc.mtview.ca.us>',
    'c4c9334bac560ecc979e58001b3e22fb',
  ]);
});

test('an APOP timestamp that is not a pure ASCII message id is taken for none', () => {
  const greetings = [
    '+OK <no-at-sign>',
    '+OK <@x>',
    '+OK <a@>',
    '+OK <a b@c>',
    '+OK <a\x80@c>',
    '+OK a@c',
    '+OK',
  ];
  expect(greetings.map(apopTimestamp)).toEqual(greetings.map(() => null));
});

test('PLAIN gives the message of RFC 4616 section 4 without an authorization identity', async () => {
  expect(await answers(plain('tim', 'tanstaaftanstaaf'), [null])).toEqual(['^@tim^@tanstaaftanstaaf']);
});

test('LOGIN answers by order, whatever the prompts say', async () => {
  expect(await answers(login('tim', 'пароль'), ['Имя:', ''])).toEqual(['tim', 'пароль']);
});

test('OAUTHBEARER gives the message of RFC 7628 section 4.1 and the dummy answer of 4.3', async () => {
  const mechanism = oauthBearer({
    user: 'user@example.com',
    accessToken: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==',
    host: 'server.example.com',
    port: 143,
  });
  expect(await answers(mechanism, [null, '{"status":"invalid_token"}'])).toEqual([
    'n,a=user@example.com,^Ahost=server.example.com^Aport=143^Aauth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==^A^A',
    '^A',
  ]);
});

test('XOAUTH2 gives the documented message and an empty answer to a refusal', async () => {
  const mechanism = xoauth2({
    user: 'someuser@example.com',
    accessToken: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg',
    host: 'pop.example.com',
    port: 995,
  });
  expect(await answers(mechanism, [null, '{"status":"401"}'])).toEqual([
    'user=someuser@example.com^Aauth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg^A^A',
    '',
  ]);
});

test('SCRAM prepares names as RFC 4013 section 3 shows and lets through what it cannot prepare', async () => {
  const names = ['I\u00adX', 'user', 'USER', '\u00aa', '\u2168', '\u0007', '\u06271', 'a,b=c', '😀'];
  const firsts = names.map(async (user) => {
    const first = await scram({ hash: 'sha1', user, password: 'x', binding: 'none', nonce: 'N' }).respond(
      null,
    );
    return Buffer.from(first).toString();
  });
  expect(await Promise.all(firsts)).toEqual(
    ['IX', 'user', 'USER', 'a', 'IX', '\u0007', '\u06271', 'a=2Cb=3Dc', '😀'].map(
      (name) => `n,,n=${name},r=N`,
    ),
  );
});
