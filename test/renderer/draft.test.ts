import { expect, test } from 'vitest';
import {
  emptyDraft,
  hasError,
  isLoopback,
  isSameServer,
  serverOf,
  serverRemarks,
  withSecurity,
} from '../../renderer/account/draft.ts';
import { problemText } from '../../renderer/account/field-text.ts';
import type { TextOf } from '../../renderer/i18n/texts.tsx';
import { checkAddress, checkHost, checkUser } from '../../shared/account-fields.ts';

test('the port follows the protection while it is the usual one', () => {
  const starttls = withSecurity(emptyDraft, 'starttls');
  const own = withSecurity({ ...emptyDraft, port: 1995 }, 'none');
  expect([starttls.port, withSecurity(starttls, 'tls').port, own.port]).toEqual([110, 995, 1995]);
});

test('consent to plain text is sent only where there is no encryption', () => {
  const agreed = { ...emptyDraft, host: ' pop.example.org ', user: 'olga', plaintextConsent: true };
  expect([serverOf(agreed), serverOf({ ...agreed, security: 'none', pinnedKeySha256: 'ab' })]).toEqual([
    {
      host: 'pop.example.org',
      port: 995,
      security: 'tls',
      user: 'olga',
      mechanism: 'auto',
      plaintextConsent: false,
    },
    {
      host: 'pop.example.org',
      port: 995,
      security: 'none',
      user: 'olga',
      mechanism: 'auto',
      plaintextConsent: true,
      pinnedKeySha256: 'ab',
    },
  ]);
});

test('what is wrong with the settings of a server is told by the field, and a hint stops nobody', () => {
  const said = (change: Partial<typeof emptyDraft>) => {
    const remarks = serverRemarks({ ...emptyDraft, host: 'pop.example.org', user: 'olga', ...change });
    const codes = Object.entries(remarks).flatMap(([field, remark]) =>
      remark === null ? [] : [`${field} ${remark.code}`],
    );
    return { codes, stops: hasError(Object.values(remarks)) };
  };
  expect([
    said({}),
    said({ host: 'https://pop.example.org', user: '' }),
    said({ host: 'imap.example.org', port: 993 }),
    said({ port: 110 }),
    said({ user: ' olga ' }),
  ]).toEqual([
    { codes: [], stops: false },
    { codes: ['host has-scheme', 'user empty'], stops: true },
    { codes: ['host imap-host', 'port imap-port'], stops: false },
    { codes: ['port port-usually-starttls'], stops: false },
    { codes: [], stops: false },
  ]);
});

test('the same mistake has the same words in every field', () => {
  const words: string[] = [];
  const t = ((key: string) => words.push(key) && key) as unknown as TextOf;
  const blank = checkUser('');
  expect([
    problemText('address', checkAddress('a b@c.example'), t),
    problemText('host', checkHost('pop example.org'), t),
    problemText('user', blank, t),
    problemText('host', blank, t),
    problemText('host', checkHost('imap.example.org'), t),
    problemText('host', null, t),
  ]).toEqual([
    'field.error.has-spaces',
    'field.error.has-spaces',
    'field.empty.user',
    'field.empty.host',
    null,
    null,
  ]);
});

test('this very computer is known by its names', () => {
  expect(['localhost', '127.0.0.1', '::1', 'pop.example.org'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('a server is another one as soon as its key is trusted no longer', () => {
  const server = serverOf({ ...emptyDraft, host: 'pop.example.org', user: 'olga', pinnedKeySha256: 'ab' });
  const { pinnedKeySha256, ...unpinned } = server;
  expect([pinnedKeySha256, isSameServer(server, { ...server }), isSameServer(server, unpinned)]).toEqual([
    'ab',
    true,
    false,
  ]);
});
