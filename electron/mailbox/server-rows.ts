import type { RequestOf } from '../../shared/contract.ts';
import type { Mailbox, MessageId } from '../../shared/model.ts';
import type { ServerRow, ServerRowState, ServerSpace, ServerView } from '../../shared/views.ts';
import { spaceOf } from './server-space.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Headers of a message on the server, from TOP or from the copy stored here. */
export type RowHeaders = { readonly from: Mailbox; readonly subject: string; readonly sentAt: number | null };

/** A message of the open maildrop as the table is filled with it. */
export type NewRow = {
  readonly key: string;
  readonly number: number;
  readonly uidl: string;
  readonly occurrence: number;
  readonly sizeBytes: number;
  readonly state: ServerRowState;
  readonly headers: RowHeaders | null;
  readonly messageId: MessageId | null;
};

type Row = { -readonly [Name in keyof NewRow]: NewRow[Name] } & { plan: 'download' | 'delete' | null };
type Where = RequestOf<'server/find'>['where'];
type Sort = RequestOf<'server/rows'>['sort'];

/** The rows of the server view: what is there, what is known of it and what is planned for it. */
export class ServerRows {
  #rows = new Map<string, Row>();
  #order: { sort: string; keys: string[] } | null = null;

  /** Fills the table from a new listing; plans and headers of messages that are still there are kept. */
  fill(rows: readonly NewRow[]): void {
    const before = this.#rows;
    this.#rows = new Map(
      rows.map((row) => {
        const known = before.get(row.key);
        const headers = row.headers ?? known?.headers ?? null;
        return [row.key, { ...row, headers, plan: fitting(known?.plan ?? null, row.state) }];
      }),
    );
    this.#order = null;
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
    Object.assign(row, known);
    if (known.state !== undefined) row.plan = fitting(row.plan, known.state);
    if (known.headers !== undefined) this.#order = null;
  }

  /** Plans something for rows, or takes the plan back. What is stored here needs no download. */
  plan(keys: readonly string[], plan: 'download' | 'delete' | null): void {
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) row.plan = fitting(plan, row.state);
    }
  }

  /** Takes back every plan. */
  clearPlan(): void {
    for (const row of this.#rows.values()) row.plan = null;
  }

  /** What the plan adds up to. */
  planSums(): ServerView['plan'] {
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
    let total = 0;
    for (const row of this.#rows.values()) total += row.sizeBytes;
    return total;
  }

  #sorted(sort: Sort): string[] {
    const name = `${sort.by} ${sort.descending}`;
    if (this.#order?.sort === name) return this.#order.keys;
    const rows = [...this.#rows.values()];
    const sign = sort.descending ? -1 : 1;
    rows.sort((a, b) => sign * (compare(a, b, sort.by) || a.number - b.number));
    this.#order = { sort: name, keys: rows.map((row) => row.key) };
    return this.#order.keys;
  }
}

function fitting(plan: 'download' | 'delete' | null, state: ServerRowState): 'download' | 'delete' | null {
  if (state === 'gone') return null;
  return plan === 'download' && state === 'stored' ? null : plan;
}

/** By date means by the server's own order where the headers are not known yet: that is how maildrops grow. */
function compare(a: Row, b: Row, by: Sort['by']): number {
  if (by === 'size') return a.sizeBytes - b.sizeBytes;
  if (by === 'date') return a.number - b.number;
  const text = (row: Row) =>
    by === 'from' ? row.headers?.from.name || row.headers?.from.address || '' : (row.headers?.subject ?? '');
  return text(a).localeCompare(text(b));
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
