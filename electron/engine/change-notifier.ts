import type { AccountId } from '../../shared/ids.ts';

/** Pages ask for their lists anew at each report; more often than this nobody can read. */
const reportEveryMs = 150;

/** Gathers changes of stored mail and reports them together, the first at once. */
export class ChangeNotifier {
  readonly #report: (accountIds: readonly AccountId[]) => void;
  readonly #changed = new Set<AccountId>();
  /** Something changed that was not reported yet; of which accounts may not be known. */
  #isDue = false;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(report: (accountIds: readonly AccountId[]) => void) {
    this.#report = report;
  }

  /** Mail of these accounts changed; none named means of any. */
  note(accountIds: readonly AccountId[] = []): void {
    for (const accountId of accountIds) this.#changed.add(accountId);
    this.#isDue = true;
    if (this.#timer === null && !this.#isClosed) this.#tell();
  }

  /** Reports nothing more. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #tell(): void {
    const accountIds = [...this.#changed];
    this.#changed.clear();
    this.#isDue = false;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#isDue) this.#tell();
    }, reportEveryMs);
    this.#report(accountIds);
  }
}
