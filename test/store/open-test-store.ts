import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { HeaderSummary } from '../../electron/store/intake/header-summary.ts';
import type { IncomingMessage } from '../../electron/store/intake/message-writer.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { StoreOptions } from '../../electron/store/upkeep/start-up.ts';
import type { AccountId } from '../../shared/ids.ts';

/** The account of most tests. */
export const anna = 'a11a000000000001' as AccountId;
/** A second account. */
export const boris = 'b0b1500000000002' as AccountId;

const folders: string[] = [];
const open: Store[] = [];

afterEach(async () => {
  for (const store of open.splice(0)) await store.close().catch(() => undefined);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A new folder, removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-store-'));
  folders.push(folder);
  return folder;
}

/** Subject, sender and date of the plain headers that the tests write. */
export function summarise(bytes: Uint8Array): HeaderSummary {
  const text = Buffer.from(bytes).toString('utf8');
  const field = (name: string) => new RegExp(`^${name}: (.*?)\\r?$`, 'm').exec(text)?.[1] ?? '';
  const from = /^(.*?) ?<(.*)>$/.exec(field('From'));
  const sentAt = Date.parse(field('Date'));
  return {
    subject: field('Subject'),
    from: { name: from?.[1] ?? '', address: from?.[2] ?? field('From') },
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
  };
}

/** Opens a store that is closed after the test; throws its failure. */
export async function openTestStore(options: StoreOptions): Promise<Store> {
  const opened = await openStore({ summarise, ...options });
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.failure)}`);
  open.push(opened.value);
  return opened.value;
}

/** A message with a few headers. */
export function mail(subject: string, body = 'Hello.\r\n', headers = ''): Buffer {
  return Buffer.from(
    `From: Anna Smith <anna@example.org>\r\nTo: boris@example.org\r\nSubject: ${subject}\r\n${headers}\r\n${body}`,
  );
}

/** What a test gives for each message: its bytes and what else is not the usual. */
export type TestMail = Partial<IncomingMessage> & { readonly bytes: Uint8Array; readonly doubtful?: boolean };

/** Writes messages through one writer and waits until they are durable. */
export async function storeMail(
  store: Store,
  mails: readonly TestMail[],
  accountId: AccountId = anna,
): Promise<number[]> {
  const ids: number[] = [];
  await using writer = store.writer(accountId);
  writer.onCommitted((batch) => ids.push(...batch.map((message) => message.messageId)));
  for (const { bytes, doubtful, ...incoming } of mails) {
    writer.begin({ uidl: null, occurrence: 1, announcedSizeBytes: bytes.length, ...incoming });
    await writer.chunk(bytes);
    await writer.end({ doubtful: doubtful ?? false });
  }
  await writer.flush();
  return ids;
}
