import { dayMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import {
  isNamed,
  namedAfterSessions,
  type UnfetchedMessage,
  type UnfetchedReason,
} from '../../../shared/unfetched-message.ts';
import { type MaildropTools, unlessDiskRefuses } from '../maildrop/maildrop-session.ts';
import type { Download } from './wanted-downloads.ts';

/** A message that waits for the person's decision is asked for again after this time. */
const askedAgainAfterMs = dayMs;

/** The order in which messages are asked for. */
type DownloadOrder = {
  /** Asked for first, all together. */
  readonly together: readonly Download[];
  /** Sessions broke during these. They are asked for last, one at a time. */
  readonly alone: readonly Download[];
  /** Not asked for: they wait for the person. */
  readonly left: readonly Download[];
};

type Place = keyof DownloadOrder | 'behind';

/**
 * The messages of an account that could not be fetched, for the time of one check. If the session breaks during a
 * message, that message is asked for last and alone from then on, so that it keeps no other away. After three sessions
 * it waits for the person. `write` writes changes down.
 */
export class UnfetchedBook {
  readonly #tools: Pick<MaildropTools, 'store' | 'now'>;
  readonly #accountId: AccountId;
  readonly #known: Map<LedgerKey, UnfetchedMessage>;
  readonly #changed = new Set<LedgerKey>();
  /** Noted in this check, within which ids stay as they are. */
  readonly #noted = new Set<LedgerKey>();
  readonly #askedAlone = new Set<LedgerKey>();
  #lastBroken: LedgerKey | null = null;

  constructor(tools: Pick<MaildropTools, 'store' | 'now'>, accountId: AccountId) {
    this.#tools = tools;
    this.#accountId = accountId;
    this.#known = new Map(tools.store.unfetched.of(accountId).map((message) => [message.key, message]));
  }

  /** Puts downloads into their order. */
  order(downloads: readonly Download[]): DownloadOrder {
    if (this.#known.size === 0) return { together: downloads, alone: [], left: [] };
    const places: Record<Place, Download[]> = { together: [], behind: [], alone: [], left: [] };
    for (const download of downloads) {
      const known = this.#of(download);
      places[this.#placeOf(download, known)].push(asChosen(download, known));
    }
    const sessions = ({ key }: Download) => this.#known.get(key)?.sessions ?? 0;
    places.alone.sort((a, b) => sessions(a) - sessions(b));
    return { together: [...places.together, ...places.behind], alone: places.alone, left: places.left };
  }

  #of({ key, sizeBytes, isTrusted }: Download): UnfetchedMessage | undefined {
    const known = this.#known.get(key);
    // Ids may be message numbers, which mean another message the next time. Where they last, a size may still drift. A
    // choice is bound to what the person saw.
    const isNamed = isTrusted || this.#noted.has(key);
    const isSame = known?.sizeBytes === sizeBytes || (isNamed && known?.choice === null);
    return isSame ? known : undefined;
  }

  #placeOf(download: Download, known: UnfetchedMessage | undefined): Place {
    if (known === undefined) return 'together';
    if (known.choice === 'leave' || this.#askedAlone.has(known.key)) return 'left';
    if (known.choice !== null) return 'alone';
    if (known.reason === 'no-beginning' && !download.isPartial) return 'together';
    if (isNamed(known)) return this.#tools.now() - known.lastAt < askedAgainAfterMs ? 'left' : 'alone';
    return known.reason === 'refused' ? 'behind' : 'alone';
  }

  /** Whether the person wants the message deleted on the server as soon as its beginning is here. */
  isToBeDeleted(key: LedgerKey): boolean {
    return this.#known.get(key)?.choice === 'delete';
  }

  /** Notes that the message is about to be asked for alone. This happens once in a check. */
  asksAlone({ key }: Download): void {
    this.#askedAlone.add(key);
  }

  /** Whether its subject must be fetched before the message is named to the person. */
  wantsHeaders(download: Download): boolean {
    const known = this.#of(download);
    return known !== undefined && known.subject === '' && known.sessions === namedAfterSessions - 1;
  }

  /** Notes the headers of the message. */
  describe({ key }: Download, subject: string, from: string): void {
    const known = this.#known.get(key);
    if (known !== undefined) this.#set({ ...known, subject, from });
  }

  /** Notes that the session broke during this message. */
  broke(download: Download, failure: Failure): void {
    if (!breaksSession(failure)) return;
    this.#lastBroken = download.key;
    this.#note(download, failure.kind === 'timeout' ? 'silent' : 'broke', failure, 1);
  }

  /** Takes back the last break: afterwards no connection could be made, so the line was at fault, not the message. */
  forgiveLast(): void {
    const known = this.#lastBroken === null ? undefined : this.#known.get(this.#lastBroken);
    if (known !== undefined) this.#set({ ...known, sessions: Math.max(0, known.sessions - 1) });
    this.#lastBroken = null;
  }

  /**
   * Notes that the server refused the message. `isItsOwn` is true when the refusal is about this message and not about
   * all.
   */
  refused(download: Download, failure: Failure, isItsOwn: boolean): void {
    this.#note(download, 'refused', failure, isItsOwn ? 1 : 0);
  }

  /** Notes that the beginning cannot be fetched. The person is told at once, because the size limit was theirs. */
  hasNoBeginning(download: Download, failure: Failure): void {
    this.#note(download, 'no-beginning', failure, namedAfterSessions);
  }

  #note(download: Download, reason: UnfetchedReason, failure: Failure, sessions: number): void {
    const known = this.#of(download);
    this.#noted.add(download.key);
    this.#set({
      key: download.key,
      sizeBytes: download.sizeBytes,
      reason,
      sessions: (known?.sessions ?? 0) + sessions,
      lastAt: this.#tools.now(),
      subject: known?.subject ?? '',
      from: known?.from ?? '',
      serverText: `${reason === 'refused' ? `${download.number}: ` : ''}${failure.serverText ?? ''}`.trim(),
      choice: null,
    });
  }

  #set(message: UnfetchedMessage): void {
    this.#known.set(message.key, message);
    this.#changed.add(message.key);
  }

  /** Forgets these. They are here now, or not on the server any more. */
  forget(keys: Iterable<LedgerKey>): void {
    for (const key of keys) if (this.#known.delete(key)) this.#changed.add(key);
  }

  /** Forgets the messages that a complete listing does not have. */
  keepListed(listed: readonly { readonly key: LedgerKey }[]): void {
    if (this.#known.size === 0) return;
    const keys = new Set(listed.map(({ key }) => key));
    this.forget([...this.#known.keys()].filter((key) => !keys.has(key)));
  }

  /**
   * How much is kept of a message that breaks off: nothing, all that came, or a message that lacks only its end mark.
   */
  keeps(download: Download): 'nothing' | 'anything' | 'damaged-end' {
    const known = this.#of(download);
    if (known?.choice === 'part') return 'anything';
    return (known?.sessions ?? 0) >= namedAfterSessions - 1 ? 'damaged-end' : 'nothing';
  }

  /** Writes the changes down. If the disk cannot take them, they are learned again. */
  async write(): Promise<void> {
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed];
    this.#changed.clear();
    const { unfetched } = this.#tools.store;
    await unlessDiskRefuses(async () => {
      await unfetched.forget(
        this.#accountId,
        changed.filter((key) => !this.#known.has(key)),
      );
      await unfetched.note(
        this.#accountId,
        changed.flatMap((key) => this.#known.get(key) ?? []),
      );
    });
  }

  /** The failure that names the messages waiting for the person's decision; null where there are none. */
  get failure(): Failure | null {
    const named = [...this.#known.values()].filter(isNamed);
    const serverText = named.find((one) => one.serverText !== '')?.serverText;
    if (named.length === 0) return null;
    return {
      kind: 'messages-unfetched',
      count: named.length,
      step: 'download',
      canRetry: false,
      ...(serverText === undefined ? {} : { serverText }),
    };
  }
}

/** Whether a failure means that a session broke within a message, and was not stopped. */
export function breaksSession({ kind }: Failure): boolean {
  return kind === 'connection-lost' || kind === 'timeout' || kind === 'protocol';
}

function asChosen(download: Download, known: UnfetchedMessage | undefined): Download {
  if (known?.choice === 'beginning' || known?.choice === 'delete') return { ...download, isPartial: true };
  return known?.choice === 'again' || known?.choice === 'part' ? { ...download, isPartial: false } : download;
}
