import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { vi } from 'vitest';
import { checkMail } from '../../electron/mailbox/checking/check-mail.ts';
import { DeletionsHereAndThere } from '../../electron/mailbox/leaving/delete-here-and-there.ts';
import { MaildropLocks } from '../../electron/mailbox/maildrop/maildrop-locks.ts';
import type { MaildropTools } from '../../electron/mailbox/maildrop/maildrop-session.ts';
import { SignInTimes } from '../../electron/mailbox/maildrop/sign-in-times.ts';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { Account } from '../../shared/account.ts';
import type { CheckRecord } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import type { MessageSummary } from '../../shared/message.ts';
import { ok } from '../../shared/result.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import type { Arrival, History, Keeping } from './histories.ts';
import { essenceOf } from './letter-bytes.ts';
import { MemoryServer } from './memory-server.ts';

/*
 * The world of one history: the server, the program's store and its tools, and a clock that only the history moves. The
 * program waits on that clock too: where the server falls silent, time leaps, so that a timeout costs none.
 */

/** The account of every history. */
export const id = '00000000000000aa' as AccountId;

/** What a session is asked for in steps of this; milliseconds. */
const leapMs = 10_000;

const retentions: Readonly<Record<Keeping, RetentionPolicy>> = {
  keep: { kind: 'keep' },
  remove: { kind: 'remove-when-stored' },
  'after-a-day': { kind: 'remove-after-days', days: 1 },
  'newest-two': { kind: 'keep-newest', count: 2 },
  'under-a-kilobyte': { kind: 'keep-under', megabytes: 0.001 },
};

/** A mistake of the program, not of the server. */
export class Mistake extends Error {}

/** Where folders are kept in memory, on systems that have such a place. */
export const inMemory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** When every history begins; milliseconds since the epoch. */
const begins = Date.UTC(2026, 0, 1);

const noWork = () => undefined;

/** Everything of one history; to be closed at its end. */
export class World {
  readonly server: MemoryServer;
  readonly history: History;
  readonly root: string;
  /** Serials of letters that a person chose to delete on the server. */
  readonly asked = new Set<number>();
  /** Letters, by their essence, that a person deleted here for good. */
  readonly forgotten = new Set<string>();
  /** How many letters have come of each essence: twins are two. */
  readonly sent = new Map<string, number>();
  /** So many of the letters that left did so before the store was lost, and are lost with it. */
  lostWithStore = 0;
  /** How often a backup has been made; its file and the copy of the folder carry the number. */
  backups = 0;
  lastRecord: CheckRecord | null = null;
  now = begins;
  #folder: string;
  #stores = 0;
  /** Bytes of stored messages that have been read since the store was opened. */
  readonly #read = new Map<string, Uint8Array>();
  #letters = 0;
  #lastText = '';
  #store: Store | null = null;
  #deletions: DeletionsHereAndThere | null = null;

  /** `emptyStore` is the folder of a store without mail, which is copied. */
  constructor(history: History, emptyStore: string) {
    this.history = history;
    this.server = new MemoryServer(history.habits);
    this.server.onSilence = (stream) => void this.#letTimePass(stream);
    this.root = mkdtempSync(join(inMemory, 'poppy-model-'));
    this.#folder = this.nextFolder();
    cpSync(emptyStore, this.#folder, { recursive: true, preserveTimestamps: true });
  }

  get store(): Store {
    if (this.#store === null) throw new Error('no store is open');
    return this.#store;
  }

  get folder(): string {
    return this.#folder;
  }

  /** A folder for another store. */
  nextFolder(): string {
    this.#stores += 1;
    return join(this.root, `store-${this.#stores}`);
  }

  /** Opens the store that is in a folder. */
  async open(folder: string, rebuild = false): Promise<void> {
    this.#folder = folder;
    const opened = await openStore({
      folder,
      summarise: summariseHeaders,
      clock: () => this.now,
      rebuild,
    });
    if (!opened.ok) throw new Mistake(`the store does not open: ${opened.failure.kind}`);
    this.#store = opened.value;
    this.#deletions = null;
    this.#read.clear();
  }

  /**
   * The bytes of a stored message, read from the disk once; none where it cannot be read. A message that was in doubt,
   * or only a beginning, is read again once it has come whole.
   */
  async bytesOf({ id: message, isPartial, isDoubtful, sizeBytes }: MessageSummary): Promise<Uint8Array> {
    const name = [message, isPartial, isDoubtful, sizeBytes].join(' ');
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const read = await this.store.messages.read(message);
    const bytes = read.ok ? read.value : new Uint8Array();
    if (!isDoubtful) this.#read.set(name, bytes);
    return bytes;
  }

  /** Has everything read from the disk again. */
  forgetBytes(): void {
    this.#read.clear();
  }

  async closeStore(): Promise<void> {
    await this.#store?.close();
    this.#store = null;
  }

  async close(): Promise<void> {
    await this.closeStore();
    rmSync(this.root, { recursive: true, force: true });
  }

  get tools(): MaildropTools {
    return {
      store: this.store,
      vault: { get: async () => ok('secret') },
      locks: new MaildropLocks(),
      signIns: new SignInTimes({ store: this.store, now: () => this.now }),
      extraAuthorities: [],
      dial: async () => this.server.connect() as Socket,
      now: () => this.now,
    };
  }

  /** What a person deletes here, and takes back; it remembers as long as the program runs. */
  get deletions(): DeletionsHereAndThere {
    this.#deletions ??= new DeletionsHereAndThere({
      store: this.store,
      settings: { accounts: () => [this.account('keep')] },
    });
    return this.#deletions;
  }

  account(keeping: Keeping): Account {
    return {
      id,
      name: 'ann',
      address: 'ann@example.org',
      server: {
        ...{ host: 'pop.example.org', port: 110, security: 'none', user: 'ann', mechanism: 'auto' },
        plaintextConsent: true,
      },
      retention: retentions[keeping],
      checkEveryMinutes: 0,
      checkAtStart: false,
      partialAboveBytes: this.history.partialAboveBytes,
      deleteOnServerWhenDeletedHere: false,
      isSample: false,
    };
  }

  /**
   * A letter comes to the server. Where ids last, no two letters are of one size but twins: an id that passes to a letter
   * of the same size is told by no listing.
   */
  arrive({ lines, lacksEnd, isTwin }: Arrival): void {
    this.#letters += 1;
    const name = this.#letters;
    const date = new Date(this.now + name * 1000).toUTCString().replace('GMT', '+0000');
    const padding = this.server.habits.ids === 'lasting' ? 'x'.repeat(name) : '';
    const text = `From: bob@example.org\r\nSubject: letter ${name}\r\nDate: ${date}\r\nMessage-ID: <${name}@example.org>\r\n\r\n${'a line of text with forty characters..\r\n'.repeat(lines)}${padding}end of ${name}${lacksEnd ? '' : '\r\n'}`;
    if (!isTwin || this.#lastText === '') this.#lastText = text;
    const letter = this.server.add(Buffer.from(this.#lastText));
    const essence = essenceOf(letter.bytes);
    this.sent.set(essence, (this.sent.get(essence) ?? 0) + 1);
  }

  /** One check. What was to interrupt it does; a program that was killed is started again on what it left. */
  async check(keeping: Keeping): Promise<void> {
    this.now += 10 * 60_000;
    const { rule } = this.history;
    this.lastRecord = await checkMail(this.tools, this.account(keeping), {
      signal: this.#stop.signal,
      rules: rule === null ? [] : [rule],
      onProgress: noWork,
      logMistake: (error) => {
        this.#mistake = error;
        return 'mistake';
      },
    });
    await this.afterWork();
  }

  #stop = new AbortController();
  #mistake: unknown = null;
  #leftByKill: string | null = null;

  /** Ends the program's work with the server in the middle. */
  interrupt(how: 'cut' | 'killed' | 'stopped', after: number, isCarriedOut: boolean): void {
    const then = () => {
      if (how === 'cut') return;
      if (how === 'killed') {
        // What the process has written by now is there; nothing that it does from here on is.
        this.#leftByKill = this.nextFolder();
        cpSync(this.folder, this.#leftByKill, { recursive: true });
        this.server.isDown = true;
      }
      this.#stop.abort();
    };
    this.server.interruption = { after, isCarriedOut, then };
  }

  /** Work with the server has ended: the next may begin. Throws what was a mistake of the program. */
  async afterWork(): Promise<void> {
    this.#stop = new AbortController();
    this.server.isDown = false;
    const mistake = this.#mistake;
    this.#mistake = null;
    const left = this.#leftByKill;
    this.#leftByKill = null;
    if (left !== null) {
      await this.closeStore();
      await this.open(left);
    } else if (mistake !== null) throw new Mistake('a mistake of ours', { cause: mistake });
  }

  /** The server says nothing more: time goes on until the program has given up. */
  async #letTimePass(stream: Duplex): Promise<void> {
    while (!stream.destroyed) {
      await turn();
      vi.advanceTimersByTime(leapMs);
    }
  }
}

/** Makes the folder of a store without mail: to copy one is quicker than to make one. */
export async function makeEmptyStore(): Promise<string> {
  const folder = mkdtempSync(join(inMemory, 'poppy-model-'));
  const opened = await openStore({ folder, clock: () => begins });
  if (!opened.ok) throw new Mistake(opened.failure.kind);
  await opened.value.close();
  return folder;
}
