/*
 * A process of its own that works on a store until it is killed, and says on its standard output what it was told is
 * durable, one word a line, at once. Arguments: folder, what to do, seed.
 */
import { writeSync } from 'node:fs';
import { openStore, type Store } from '../../../electron/store/store.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { asLedgerKey } from '../../../shared/ledger-key.ts';
import { Person } from '../journal/person.ts';
import { fingerprintOf } from '../journal/what-a-person-did.ts';
import { randomFrom } from '../random.ts';

const account = 'a11a000000000001' as AccountId;
const [folder = '', task = '', seed = '1'] = process.argv.slice(2);
const random = randomFrom(Number(seed));
const say = (word: string) => writeSync(1, `${word}\n`);

/** Short ones mostly, and now and then one that does not fit into the buffers. */
function letter(name: string): Buffer {
  const length = random() < 0.05 ? 3_000_000 : Math.floor(random() * 9000);
  return Buffer.from(
    `From: x@example.org\r\nSubject: ${name}\r\n\r\n${name.repeat(Math.ceil(length / name.length))}`,
  );
}

async function writeOn(store: Store): Promise<void> {
  await using writer = store.writer(account);
  writer.onCommitted((batch) => {
    for (const { ledgerKey } of batch) say(ledgerKey);
  });
  const known = new Set(
    store
      .ledger(account)
      .entries()
      .map(({ key }) => key),
  );
  for (let n = 0; n < 3000; n++) {
    const bytes = letter(`m${n}`);
    if (known.has(asLedgerKey(`m${n}#1`))) continue;
    writer.begin({ uidl: `m${n}`, occurrence: 1, announcedSizeBytes: bytes.length });
    for (let at = 0; at < bytes.length; at += 65_536) await writer.chunk(bytes.subarray(at, at + 65_536));
    await writer.end({ doubtful: false });
    if (random() < 0.1) await writer.flush();
    else if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
  }
}

async function compactOn(store: Store): Promise<void> {
  for (let round = 0; ; round++) {
    const ids = store.lists.ids({ place: { kind: 'folder', folder: 'inbox', accountId: account } });
    if (ids.length < 20) return;
    const doomed = ids.filter(() => random() < 0.1);
    for (const { subject } of store.messages.summaries(doomed)) say(`-${subject}`);
    await store.trash.deleteForever(doomed);
    say(`round${round}`);
    await store.upkeep.compact(account);
  }
}

/** Does what people do, and says after each deed what holds now. */
async function actOn(store: Store): Promise<void> {
  const person = new Person(store, random, async (_, accountId, { number, marks }) => {
    await using writer = store.writer(accountId);
    const bytes = Buffer.from(`From: x@example.org\r\nSubject: ${number}\r\n\r\n${number}`);
    writer.begin({ uidl: `u${number}`, occurrence: 1, announcedSizeBytes: bytes.length, marks });
    await writer.chunk(bytes);
    await writer.end({ doubtful: false });
  });
  for (let deed = 0; deed < 1000; deed++) {
    await person.act();
    if (deed % 50 === 49) await store.upkeep.compact(null);
    say(fingerprintOf(store));
  }
}

const tasks = { write: writeOn, compact: compactOn, act: actOn } as const;

const opened = await openStore({
  folder,
  sealAtBytes: 2_000_000,
  summarise: (bytes) => ({
    subject: /^Subject: (\S*)/m.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? '',
    from: { name: '', address: '' },
    sentAt: null,
  }),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
say('ready');
await tasks[task as keyof typeof tasks](opened.value);
await opened.value.close();
say('done');
