import { expect, test } from 'vitest';
import {
  addressProblem,
  emptyDraft,
  hostProblem,
  isLoopback,
  isSameServer,
  serverOf,
  withSecurity,
} from '../../renderer/account/draft.ts';

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

test('addresses and hosts are checked without being strict', () => {
  expect([
    ['', 'olga', 'olga@', 'olga@example.org', 'ольга@почта.рф', 'a b@c.d'].map(addressProblem),
    ['', 'pop.example.org', '127.0.0.1', '[::1]', 'https://x', 'пошта.укр'].map(hostProblem),
    ['localhost', '127.0.0.1', '::1', 'pop.example.org'].map(isLoopback),
  ]).toEqual([
    ['empty', 'shape', 'shape', null, null, 'shape'],
    ['empty', null, null, null, 'shape', null],
    [true, true, true, false],
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
