import type { RequestOf } from '../../../shared/contract.ts';
import { dayMs } from '../../../shared/durations.ts';
import type { MessageId } from '../../../shared/ids.ts';
import type { LedgerKey } from '../../../shared/ledger-key.ts';
import type { EmailAddress } from '../../../shared/message.ts';
import type { ServerRow, ServerRowState, ServerSpace, ServerView } from '../../../shared/server-view.ts';
import { ageOf, spaceOf } from './server-space.ts';

/** Headers of a message on the server, from TOP or from the copy stored here. */
export type RowHeaders = {
  readonly from: EmailAddress;
  readonly subject: string;
  readonly sentAt: number | null;
};

/** A message of the open maildrop as the table is filled with it. */
export type NewRow = {
  readonly key: LedgerKey;
  readonly number: number;
  readonly uidl: string;
  readonly occurrence: number;
  readonly sizeBytes: number;
  /** Whether the identity outlives the session, as in `IdentifiedMessage`. */
  readonly isLasting: boolean;
  readonly isTrusted: boolean;
  readonly state: ServerRowState;
  readonly headers: RowHeaders | null;
  readonly messageId: MessageId | null;
};

type Row = { -readonly [Name in keyof NewRow]: NewRow[Name] } & { plan: 'download' | 'delete' | null };
/** A row as its plan is carried out. */
export type PlannedRow = Readonly<Row>;

type Where = RequestOf<'server/find'>['where'];
type Sort = RequestOf<'server/rows'>['sort'];

function isSameMessage(before: NewRow, now: NewRow): boolean {
  return now.isLasting && now.isTrusted && before.isTrusted && before.sizeBytes === now.sizeBytes;
}

/** The rows of the server view: what is there, what is known of it and what is planned for it. */
export class ServerRows {
  #rows = new Map<string, Row>();
  #order: { sort: Sort; keys: string[] } | null = null;
  #sizeBytes = 0;
  #unknown = 0;
  #sums: ServerView['plan'] | null = null;

  /**
   * Fills the table from a new listing; plans and headers of messages that are still there are kept. A plan is bound to
   * the message that the person saw: to its id, where that is an identity, and to its size.
   */
  fill(rows: readonly NewRow[]): void {
    const before = this.#rows;
    this.#rows = new Map(
      rows.map((row) => {
        const known = before.get(row.key);
        const isSame = known !== undefined && isSameMessage(known, row);
        const headers = row.headers ?? (isSame ? known.headers : null);
        return [row.key, { ...row, headers, plan: isSame ? fitting(known.plan, row.state) : null }];
      }),
    );
    this.#order = null;
    this.#sums = null;
    this.#sizeBytes = 0;
    this.#unknown = 0;
    for (const row of this.#rows.values()) {
      this.#sizeBytes += row.sizeBytes;
      if (row.headers === null) this.#unknown += 1;
    }
  }

  /** Rows whose headers are not known. */
  get unknown(): number {
    return this.#unknown;
  }

  /** Number of rows. */
  get size(): number {
    return this.#rows.size;
  }

  /** A page in the asked order. */
  page(sort: Sort, offset: number, limit: number): { total: number; rows: ServerRow[] } {
    const keys = this.#sorted(sort).slice(offset, offset + limit);
    return { total: this.#rows.size, rows: this.shown(keys) };
  }

  /** Rows by key, as the window shows them. */
  shown(keys: readonly string[]): ServerRow[] {
    return keys.flatMap((key) => {
      const row = this.#rows.get(key);
      if (row === undefined) return [];
      const { sizeBytes, state, plan, headers, messageId } = row;
      return [{ key, sizeBytes, state, plan, headers, messageId }];
    });
  }

  /** The facts of a row that the session works with. */
  get(key: string): Readonly<Row> | undefined {
    return this.#rows.get(key);
  }

  /** Rows with this plan, oldest first. */
  planned(plan: 'download' | 'delete'): Readonly<Row>[] {
    return [...this.#rows.values()].filter((row) => row.plan === plan);
  }

  /** Keys of the rows whose headers are not known, newest first. */
  withoutHeaders(): string[] {
    return [...this.#rows.values()]
      .filter((row) => row.headers === null)
      .map((row) => row.key)
      .reverse();
  }

  /** Sets what is known of one row. */
  update(key: string, known: { headers?: RowHeaders; state?: ServerRowState; messageId?: MessageId }): void {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    if (known.headers !== undefined && row.headers === null) this.#unknown -= 1;
    Object.assign(row, known);
    if (known.state !== undefined) row.plan = fitting(row.plan, known.state);
    if (known.headers !== undefined && this.#order !== null && dependsOnHeaders(this.#order.sort))
      this.#order = null;
    this.#sums = null;
  }

  /** Plans something for rows, or takes the plan back. What is stored here needs no download. */
  plan(keys: readonly string[], plan: 'download' | 'delete' | null): void {
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) row.plan = fitting(plan, row.state);
    }
    this.#sums = null;
  }

  /** Takes back every plan. */
  clearPlan(): void {
    for (const row of this.#rows.values()) row.plan = null;
    this.#sums = null;
  }

  /** What the plan adds up to. */
  planSums(): ServerView['plan'] {
    this.#sums ??= this.#addUp();
    return this.#sums;
  }

  #addUp(): ServerView['plan'] {
    const sums = { download: 0, downloadBytes: 0, delete: 0, deleteBytes: 0, deleteNotStored: 0 };
    for (const row of this.#rows.values()) {
      if (row.plan === 'download') {
        sums.download += 1;
        sums.downloadBytes += row.sizeBytes;
      } else if (row.plan === 'delete') {
        sums.delete += 1;
        sums.deleteBytes += row.sizeBytes;
        if (row.state !== 'stored') sums.deleteNotStored += 1;
      }
    }
    return sums;
  }

  /** Keys of the rows that fit, for selecting. */
  find(where: Where, nowMs: number): string[] {
    return [...this.#rows.values()].filter((row) => fits(row, where, nowMs)).map((row) => row.key);
  }

  /** Where the space goes. */
  space(nowMs: number): ServerSpace {
    return spaceOf([...this.#rows.values()], nowMs);
  }

  /** Bytes of everything. */
  sizeBytes(): number {
    return this.#sizeBytes;
  }

  #sorted(sort: Sort): string[] {
    const last = this.#order;
    if (last?.sort.by === sort.by && last.sort.descending === sort.descending) return last.keys;
    const rows = [...this.#rows.values()];
    const sign = sort.descending ? -1 : 1;
    rows.sort((a, b) => sign * (compare(a, b, sort.by) || a.number - b.number));
    const keys = rows.map((row) => row.key);
    this.#order = { sort, keys };
    return keys;
  }
}

function fitting(plan: 'download' | 'delete' | null, state: ServerRowState): 'download' | 'delete' | null {
  if (state === 'gone') return null;
  return plan === 'download' && state === 'stored' ? null : plan;
}

/** Whether headers that arrive change the order. Date and size are known from the listing. */
function dependsOnHeaders({ by }: Sort): boolean {
  return by === 'from' || by === 'subject';
}

/** Made once: a new one for each comparison would cost more than the sorting. */
const collator = new Intl.Collator();

/** By date is the server's own order, because maildrops grow at the end and headers may not be known yet. */
function compare(a: Row, b: Row, by: Sort['by']): number {
  if (by === 'size') return a.sizeBytes - b.sizeBytes;
  if (by === 'date') return a.number - b.number;
  const text = (row: Row) =>
    by === 'from' ? row.headers?.from.name || row.headers?.from.address || '' : (row.headers?.subject ?? '');
  return collator.compare(text(a), text(b));
}

function fits(row: Row, where: Where, nowMs: number): boolean {
  switch (where.kind) {
    case 'all':
      return true;
    case 'from': {
      const sought = where.sender.toLowerCase();
      const from = row.headers?.from;
      return (
        from !== undefined && (from.address.toLowerCase() === sought || from.name.toLowerCase() === sought)
      );
    }
    case 'from-like': {
      const sought = where.words.trim().toLowerCase();
      const from = row.headers?.from;
      return (
        from !== undefined && sought !== '' && `${from.name} <${from.address}>`.toLowerCase().includes(sought)
      );
    }
    case 'age':
      return ageOf(row.headers?.sentAt ?? null, nowMs) === where.bucket;
    case 'older':
      return row.headers?.sentAt != null && nowMs - row.headers.sentAt > where.days * dayMs;
    case 'larger':
      return row.sizeBytes > where.bytes;
    case 'stored':
      return row.state === 'stored';
    case 'new':
      return row.state === 'new' || row.state === 'only-on-server';
  }
}
