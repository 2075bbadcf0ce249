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

/** A message that is named and of which nobody has decided is asked for again after so long. */
const askedAgainAfterMs = dayMs;

/** In which order messages are asked for, and which are not. */
type DownloadOrder = {
  /** All together, first. */
  readonly together: readonly Download[];
  /** Those during which a session broke before: one at a time, when everything else is done. */
  readonly alone: readonly Download[];
  /** Those that wait for the person. */
  readonly left: readonly Download[];
};

type Place = keyof DownloadOrder | 'behind';

/**
 * What is known of an account's messages that could not be fetched, for the time of one check. A message during which
 * the session broke is asked for last and alone from then on, so that it keeps no other away. After three sessions it
 * waits for the person. Changes are written down by `write`.
 */
export class UnfetchedBook {
  readonly #tools: Pick<MaildropTools, 'store' | 'now'>;
  readonly #accountId: AccountId;
  readonly #known: Map<LedgerKey, UnfetchedMessage>;
  readonly #changed = new Set<LedgerKey>();
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

  #of({ key, sizeBytes }: Download): UnfetchedMessage | undefined {
    const known = this.#known.get(key);
    // Ids may be numbers, and then mean another message the next time.
    return known?.sizeBytes === sizeBytes ? known : undefined;
  }

  #placeOf(download: Download, known: UnfetchedMessage | undefined): Place {
    if (known === undefined) return 'together';
    if (known.choice === 'leave' || this.#askedAlone.has(known.key)) return 'left';
    if (known.choice !== null) return 'alone';
    if (known.reason === 'no-beginning' && !download.isPartial) return 'together';
    if (isNamed(known)) return this.#tools.now() - known.lastAt < askedAgainAfterMs ? 'left' : 'alone';
    return known.reason === 'refused' ? 'behind' : 'alone';
  }

  /** Whether a person wants the message deleted on the server as soon as its beginning is here. */
  isToBeDeleted(key: LedgerKey): boolean {
    return this.#known.get(key)?.choice === 'delete';
  }

  /** It is about to be asked for by itself, which happens once a check. */
  asksAlone({ key }: Download): void {
    this.#askedAlone.add(key);
  }

  /** Whether its subject is to be looked up before it is named. */
  wantsHeaders(download: Download): boolean {
    const known = this.#of(download);
    return known !== undefined && known.subject === '' && known.sessions === namedAfterSessions - 1;
  }

  /** Its headers have come. */
  describe({ key }: Download, subject: string, from: string): void {
    const known = this.#known.get(key);
    if (known !== undefined) this.#set({ ...known, subject, from });
  }

  /** The session broke while this message was under way. */
  broke(download: Download, failure: Failure): void {
    if (!breaksSession(failure)) return;
    this.#lastBroken = download.key;
    this.#note(download, failure.kind === 'timeout' ? 'silent' : 'broke', failure, 1);
  }

  /** No connection could be made after the last break: the line was at fault, and not the message. */
  forgiveLast(): void {
    const known = this.#lastBroken === null ? undefined : this.#known.get(this.#lastBroken);
    if (known !== undefined) this.#set({ ...known, sessions: Math.max(0, known.sessions - 1) });
    this.#lastBroken = null;
  }

  /** The server refused it; `isItsOwn` says that this counts against the message, and is not said of all. */
  refused(download: Download, failure: Failure, isItsOwn: boolean): void {
    this.#note(download, 'refused', failure, isItsOwn ? 1 : 0);
  }

  /** Its beginning cannot be had. The person is told at once, since the size limit was theirs. */
  hasNoBeginning(download: Download, failure: Failure): void {
    this.#note(download, 'no-beginning', failure, namedAfterSessions);
  }

  #note(download: Download, reason: UnfetchedReason, failure: Failure, sessions: number): void {
    const known = this.#of(download);
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

  /** These are here now, or not on the server any more. */
  forget(keys: Iterable<LedgerKey>): void {
    for (const key of keys) if (this.#known.delete(key)) this.#changed.add(key);
  }

  /** Forgets what a complete listing does not have. */
  keepListed(listed: readonly { readonly key: LedgerKey }[]): void {
    if (this.#known.size === 0) return;
    const keys = new Set(listed.map(({ key }) => key));
    this.forget([...this.#known.keys()].filter((key) => !keys.has(key)));
  }

  /** How much of a message is kept when it breaks off: nothing, all that came, or what seems whole but for its end mark. */
  keeps(download: Download): 'nothing' | 'anything' | 'damaged-end' {
    const known = this.#of(download);
    if (known?.choice === 'part') return 'anything';
    return (known?.sessions ?? 0) >= namedAfterSessions - 1 ? 'damaged-end' : 'nothing';
  }

  /** Writes down what has changed. If the disk cannot take it, it is learned again. */
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

  /** What is said of the messages that the person has to decide about; null where there are none. */
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

/** Whether a failure means that a session broke within a message, rather than that it was stopped. */
export function breaksSession({ kind }: Failure): boolean {
  return kind === 'connection-lost' || kind === 'timeout' || kind === 'protocol';
}

function asChosen(download: Download, known: UnfetchedMessage | undefined): Download {
  if (known?.choice === 'beginning' || known?.choice === 'delete') return { ...download, isPartial: true };
  return known?.choice === 'again' || known?.choice === 'part' ? { ...download, isPartial: false } : download;
}
