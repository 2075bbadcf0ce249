import { describe, expect, test } from 'vitest';
import { openSettings } from '../../../electron/account/settings/settings.ts';
import { testAccount } from '../../../electron/mailbox/accounts/test-account.ts';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { Account } from '../../../shared/account.ts';
import type { CheckRecord } from '../../../shared/account-state.ts';
import { whyNoServer } from '../../servers/own-root.ts';
import {
  type RealServer,
  startCourier,
  startCyrus,
  startMailutils,
  startPopa3d,
} from '../../servers/real-servers.ts';
import { Relay } from '../../servers/relay.ts';
import { newFolder } from '../../store/open-test-store.ts';
import { checkOnce, freshStore, id } from '../maildrop-fixture.ts';

/** Header lines that a server puts into the letters it is given, and takes into their sizes or not. */
const ownLines = {
  courier: null,
  cyrus: /^(?:Return-Path|Received|X-Sieve|X-Cyrus-Session-Id):[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/gim,
  mailutils: /^(?:X-UIDL|Status|X-IMAPbase|X-UID):[^\r\n]*\r\n/gim,
  popa3d: null,
};

/** Sixty letters of all shapes that a delivery agent may be handed: raw 8-bit headers, dots, long lines, no last line end. */
function letters(from: number, count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const head = `Message-ID: <letter-${number}@example.org>\r\nDate: Thu, 1 Jan 2026 10:00:00 +0000\r\nFrom: bob@example.org\r\n`;
    switch (number % 6) {
      case 0:
        return Buffer.from(`${head}Subject: Grüße Nr. ${number}\r\n\r\nÄrger und Öl.\r\n`);
      case 1:
        return Buffer.from(`${head}Subject: dots ${number}\r\n\r\n.\r\n..\r\n.dot\r\nend\r\n`);
      case 2:
        return Buffer.from(`${head}Subject: long ${number}\r\n\r\n${'word '.repeat(170)}\r\n`);
      case 3:
        return Buffer.from(`${head}Subject: From ${number}\r\n\r\nfrom here to there\r\n\r\n\r\n`);
      case 4:
        return Buffer.from(
          `${head}Subject: large ${number}\r\n\r\n${'A line of a larger letter.\r\n'.repeat(900)}`,
        );
      default:
        return Buffer.from(`${head}Subject: empty ${number}\r\n\r\n`);
    }
  });
}

const numberOf = (bytes: Uint8Array) =>
  Number(/Message-ID: <letter-(\d+)@/i.exec(Buffer.from(bytes).toString('latin1'))?.[1]);

/** What is stored, without the lines of the server, by the letters' numbers. */
async function stored(store: Store, own: RegExp | null): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const id of store.lists.ids({
    place: { kind: 'folder', folder: 'inbox', accountId: null },
  })) {
    const read = await store.messages.read(id);
    if (!read.ok) throw new Error(read.failure.kind);
    const text = Buffer.from(read.value).toString('latin1');
    const number = numberOf(read.value);
    found.set(number, [...(found.get(number) ?? []), own === null ? text : text.replace(own, '')]);
  }
  return found;
}

const asSent = (sent: readonly Buffer[]) =>
  new Map(sent.map((letter) => [numberOf(letter), [letter.toString('latin1')]]));

const brief = ({ outcome, failure, stored, deletedOnServer }: CheckRecord) => [
  outcome,
  failure?.kind ?? null,
  stored,
  deletedOnServer,
];

const keep = { kind: 'keep' } as const;
const remove = { kind: 'remove-when-stored' } as const;

function accountAt(server: RealServer, part: Partial<Account> & { port?: number; plain?: boolean }): Account {
  const { port, plain, ...rest } = part;
  const isPlain = plain === true || server.tlsPort === null;
  return {
    id,
    name: 'ann',
    address: 'ann@example.org',
    server: {
      host: 'localhost',
      port: port ?? (isPlain ? server.plainPort : (server.tlsPort ?? 0)),
      security: server.tlsPort === null ? 'none' : plain === true ? 'starttls' : 'tls',
      user: 'ann',
      mechanism: 'auto',
      plaintextConsent: server.tlsPort === null,
    },
    retention: keep,
    checkEveryMinutes: 0,
    checkAtStart: false,
    partialAboveBytes: 0,
    deleteOnServerWhenDeletedHere: false,
    isSample: false,
    ...rest,
  };
}

const servers = [
  { name: 'courier', title: 'Courier 1.0', start: startCourier },
  { name: 'cyrus', title: 'Cyrus 3.6', start: startCyrus },
  { name: 'mailutils', title: 'mailutils 3.15', start: startMailutils },
  { name: 'popa3d', title: 'popa3d 1.0', start: startPopa3d },
] as const;

for (const { name, title, start } of servers) {
  const why = whyNoServer(name);
  const real = test.skipIf(why !== null);
  describe(why === null ? title : `${title} (skipped: ${why})`, () => {
    real('brings sixty letters byte for byte, once, and leaves or deletes them as asked', async () => {
      await using server = await start();
      await using fresh = await freshStore();
      const tools = { ...fresh.tools, extraAuthorities: [server.authority] };
      const sent = letters(1, 60);
      await server.deliver(sent);
      const first = await checkOnce(tools, accountAt(server, {}));
      const again = await checkOnce(tools, accountAt(server, { plain: true }));
      const more = letters(61, 3);
      await server.deliver(more);
      const newer = await checkOnce(tools, accountAt(server, {}));
      const kept = await stored(fresh.store, ownLines[name]);
      const removed = await checkOnce(tools, accountAt(server, { retention: remove }));
      const emptied = await checkOnce(tools, accountAt(server, {}));
      expect([first, again, newer, removed, emptied].map(brief)).toEqual([
        ['done', null, 60, 0],
        ['done', null, 0, 0],
        ['done', null, 3, 0],
        ['done', null, 0, 63],
        ['done', null, 0, 0],
      ]);
      expect([emptied.onServer, kept]).toEqual([0, asSent([...sent, ...more])]);
    });

    real.each([
      ['the first', 0],
      ['a later', 6],
    ])('brings the same bytes when the line is lost at CAPA in %s session', async (_, before) => {
      await using server = await start();
      await using fresh = await freshStore();
      await using relay = new Relay(server.plainPort);
      const port = await relay.listen();
      const tools = { ...fresh.tools, extraAuthorities: [server.authority] };
      const account = accountAt(server, { port, plain: true, retention: remove });
      const sent = letters(1, before + 12);
      await server.deliver(sent.slice(0, before));
      if (before > 0) await checkOnce(tools, account);
      await server.deliver(sent.slice(before));
      relay.plan({ moment: { kind: 'commands', verb: 'CAPA', count: 1 }, act: (line) => line.reset() });
      for (let check = 0; check < 3; check += 1) await checkOnce(tools, account);
      const last = await checkOnce(tools, account);
      expect([brief(last), last.onServer, await stored(fresh.store, ownLines[name])]).toEqual([
        ['done', null, 0, 0],
        0,
        asSent(sent),
      ]);
    });
  });
}

describe('Cyrus whose passwords are checked by saslauthd', () => {
  const why = whyNoServer('cyrus');
  test.skipIf(why !== null)('lets the person in although it announces SCRAM without secrets', async () => {
    await using server = await startCyrus({ withoutSecrets: true });
    await using fresh = await freshStore();
    const tools = { ...fresh.tools, extraAuthorities: [server.authority] };
    await server.deliver(letters(1, 2));
    const account = accountAt(server, {});
    const first = await checkOnce(tools, account);
    const tested = await testAccount(
      { ...tools, settings: await openSettings(newFolder()) },
      { attempt: '1', server: account.server, password: 'secret', accountId: null, allowsNewKey: false },
      {
        signal: new AbortController().signal,
        transcript: new Transcript(),
        onStep: () => undefined,
        onCertificate: () => undefined,
      },
    );
    const record = await checkOnce(tools, account);
    expect([brief(first), tested.ok ? tested.value.mechanism : tested.failure, brief(record)]).toEqual([
      ['failed', 'authentication', 0, 0],
      'PLAIN',
      ['done', null, 2, 0],
    ]);
  });
});
