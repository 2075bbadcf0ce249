import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vault } from '../../electron/account/secrets/vault.ts';
import { type Engine, startEngine } from '../../electron/engine/engine.ts';
import type { EngineEventName, EngineEvents } from '../../electron/engine/protocol.ts';
import type { AccountId, MessageId } from '../../shared/ids.ts';
import type { MessageSummary } from '../../shared/message.ts';
import type { Place } from '../../shared/places.ts';
import { ok } from '../../shared/result.ts';

/** A vault in memory, which tells what it holds. */
export function memoryVault(): Vault & { readonly held: Map<AccountId, string> } {
  const held = new Map<AccountId, string>();
  return {
    held,
    status: async () => 'keyring',
    get: async (accountId) => ok(held.get(accountId) ?? null),
    set: async (accountId, secret) => {
      held.set(accountId, secret);
      return ok('keyring');
    },
    remove: async (accountId) => {
      held.delete(accountId);
      return ok(null);
    },
  };
}

type Event = { readonly name: EngineEventName; readonly payload: unknown };

/** An engine in this thread, in a folder that goes with it; all its events are kept. */
export type RunningEngine = AsyncDisposable & {
  readonly folder: string;
  readonly answers: Engine['answers'];
  close(): Promise<void>;
  /** Payloads of the events of this name so far. */
  events<Name extends EngineEventName>(name: Name): EngineEvents[Name][];
  /** Resolves when this holds, looked at after each event. */
  until(holds: () => boolean | Promise<boolean>): Promise<void>;
  rows(place?: Place): Promise<readonly MessageSummary[]>;
  /** Takes messages in as .eml files of an account and waits until they have been read. */
  take(...messages: readonly string[]): Promise<readonly MessageId[]>;
};

/** Account that messages are taken into. */
export const ownAccount = '00000000000000cc' as AccountId;
const inbox: Place = { kind: 'folder', folder: 'inbox', accountId: null };

/** Starts an engine with the built parse worker. */
export async function runningEngine(entry: string, vault: Vault = memoryVault()): Promise<RunningEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'poppy-engine-'));
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  const started = await startEngine(
    { folder, parseWorkerPath: entry, extraAuthorities: [] },
    (name, payload) => {
      events.push({ name, payload });
      for (const look of waiting) look();
    },
    vault,
  );
  if (!started.ok) throw new Error(started.failure.kind);
  const { answers, close } = started.value;
  const until = (holds: () => boolean | Promise<boolean>) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        Promise.resolve(holds()).then((isSo) => {
          if (!isSo) return;
          waiting.delete(look);
          resolve();
        }, reject);
      };
      waiting.add(look);
      look();
    });
  const rows = async (place: Place = inbox) => {
    const sort = { by: 'date', descending: true } as const;
    const query = { place, filter: {}, sort, groupsByConversation: false, offset: 0, limit: 500 };
    return (await answers['mailbox/list'](query)).rows;
  };
  const take = async (...messages: readonly string[]) => {
    const before = new Set((await rows()).map((row) => row.id));
    const paths = messages.map((_, index) => join(folder, `taken-${before.size + index}.eml`));
    for (const [index, path] of paths.entries()) await writeFile(path, messages[index] ?? '', 'latin1');
    await answers['storage/import-from']({ accountId: ownAccount, paths });
    const taken = async () => (await rows()).filter((row) => !before.has(row.id));
    await until(async () => (await taken()).filter((row) => row.preview !== '').length === messages.length);
    return (await taken()).map((row) => row.id).sort((a, b) => a - b);
  };
  return {
    folder,
    answers,
    close,
    events: <Name extends EngineEventName>(name: Name) =>
      events.filter((event) => event.name === name).map((event) => event.payload as EngineEvents[Name]),
    until,
    rows,
    take,
    [Symbol.asyncDispose]: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A message with a picture, a text file and a program beside its body. */
export const withFiles = [
  'From: Anna <anna@example.org>',
  'To: Ben <ben@example.org>',
  'Subject: Three files',
  'Date: Thu, 1 Jan 2026 10:00:00 +0000',
  'X-Project: walnut',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Here they are, the needle among them.</p><img src="https://tracker.invalid/pixel.png">',
  '--b',
  'Content-Type: image/png; name="dot.png"',
  'Content-Disposition: attachment; filename="dot.png"',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  '--b',
  'Content-Type: text/plain; name="notes.txt"',
  'Content-Disposition: attachment; filename="notes.txt"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('notes\r\n\0').toString('base64'),
  '--b',
  'Content-Type: application/octet-stream; name="setup.exe"',
  'Content-Disposition: attachment; filename="setup.exe"',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('MZ program').toString('base64'),
  '--b--',
  '',
].join('\r\n');

/** A short letter. */
export const letter = (subject: string, text = `About ${subject}.`): string =>
  [
    'From: Carl <carl@example.net>',
    'To: Ben <ben@example.org>',
    `Subject: ${subject}`,
    'Date: Fri, 2 Jan 2026 10:00:00 +0000',
    '',
    text,
    '',
  ].join('\r\n');
