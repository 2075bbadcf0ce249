import { expect, test } from 'vitest';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { lines } from '../../messages/made-message.ts';

async function saidOf(...all: readonly string[]) {
  const { protection, piece } = await parseMessage(Buffer.from(lines('Subject: x', ...all, '')));
  return { protection, piece };
}

const clear = { protection: null, piece: null };

test.each([
  [
    'S/MIME',
    ['Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', '', 'MIIB'],
    { kind: 'encrypted', protocol: 'application/pkcs7-mime' },
  ],
  [
    'OpenPGP in two parts',
    [
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '--b',
      'Content-Type: application/octet-stream; name=encrypted.asc',
      '',
      'hQEM',
      '--b--',
    ],
    { kind: 'encrypted', protocol: 'application/pgp-encrypted' },
  ],
  [
    'OpenPGP whose structure a server took apart',
    [
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted; name="PGPMIME version identification"',
      '',
      'Version: 1',
      '--b--',
    ],
    { kind: 'encrypted', protocol: 'application/pgp-encrypted' },
  ],
  [
    'OpenPGP in the text',
    ['Content-Type: text/plain', '', '-----BEGIN PGP MESSAGE-----', '', 'hQEM', '-----END PGP MESSAGE-----'],
    { kind: 'encrypted', protocol: 'openpgp-inline' },
  ],
  [
    'a signature around the text',
    ['Content-Type: text/plain', '', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '', 'hello'],
    { kind: 'signed', protocol: 'openpgp-inline' },
  ],
  [
    'a signature beside the text',
    [
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'hello',
      '--b--',
    ],
    { kind: 'signed', protocol: 'application/pkcs7-signature' },
  ],
])('says that a message is protected: %s', async (_how, message, protection) => {
  expect(await saidOf(...message)).toEqual({ ...clear, protection });
});

test.each([
  [
    'compressed and nothing more',
    ['Content-Type: application/pkcs7-mime; smime-type=compressed-data', '', 'MIIB'],
  ],
  [
    'a text that quotes the beginning of one',
    ['Content-Type: text/plain', '', '> -----BEGIN PGP MESSAGE-----'],
  ],
])('says nothing of protection for %s', async (_how, message) => {
  expect(await saidOf(...message)).toEqual(clear);
});

test.each([
  ['id="x"; number=2; total=3', { number: 2, total: 3 }],
  ['id=x; number=1', { number: 1, total: null }],
  ['id=x; number=many; total=99999999999', { number: 1, total: null }],
])('says which piece of a message this is: %s', async (parameters, piece) => {
  expect(await saidOf(`Content-Type: message/partial; ${parameters}`, '', 'middle')).toEqual({
    ...clear,
    piece,
  });
});
