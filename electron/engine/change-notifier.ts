import type { AccountId } from '../../shared/ids.ts';

/** At each report the pages ask for their lists again. Nobody can read faster than this. */
const reportEveryMs = 150;

/** Gathers changes of stored mail and reports them together. The first change is reported at once. */
export class ChangeNotifier {
  readonly #report: (accountIds: readonly AccountId[]) => void;
  readonly #changed = new Set<AccountId>();
  /** Something has changed and was not reported yet. Its account may be unknown. */
  #isDue = false;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(report: (accountIds: readonly AccountId[]) => void) {
    this.#report = report;
  }

  /** Mail of these accounts has changed. An empty list means that it may be any account. */
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
