import type { RequestOf } from '../../../shared/contract.ts';
import type { ServerRow, ServerSpace, ServerView } from '../../../shared/server-view.ts';
import { hugeId, seedMessages, smallId } from './seeded-mail.ts';

const states = ['stored', 'stored', 'stored', 'new', 'only-on-server', 'partial'] as const;

/** The maildrop of the pretended program. */
export class FakeServer {
  #rows: ServerRow[];
  #applied: ServerView['applied'] = null;

  constructor(now: number) {
    this.#rows = seedMessages(hugeId, 900, 1, now).map((message, index) => ({
      key: `key-${index}`,
      sizeBytes: message.sizeBytes,
      state: states[index % states.length] ?? 'new',
      plan: null,
      headers: index < 300 ? { from: message.from, subject: message.subject, sentAt: message.sentAt } : null,
      messageId: null,
    }));
  }

  view(): ServerView {
    const planned = (plan: 'download' | 'delete') => this.#rows.filter((row) => row.plan === plan);
    const sum = (rows: readonly ServerRow[]) => rows.reduce((all, row) => all + row.sizeBytes, 0);
    const [download, gone] = [planned('download'), planned('delete')];
    return {
      accountId: smallId,
      connection: 'open',
      failure: null,
      count: this.#rows.length,
      sizeBytes: sum(this.#rows),
      headersDone: this.#rows.filter((row) => row.headers !== null).length,
      isFetchingHeaders: true,
      plan: {
        download: download.length,
        downloadBytes: sum(download),
        delete: gone.length,
        deleteBytes: sum(gone),
        deleteNotStored: gone.filter((row) => row.state !== 'stored').length,
      },
      sentDeletions: 0,
      applied: this.#applied,
      capabilities: ['UIDL', 'TOP', 'PIPELINING'],
    };
  }

  rows(offset: number, limit: number): { total: number; rows: readonly ServerRow[] } {
    return { total: this.#rows.length, rows: this.#rows.slice(offset, offset + limit) };
  }

  mark(keys: readonly string[], plan: ServerRow['plan']): void {
    const marked = new Set(keys);
    this.#rows = this.#rows.map((row) => (marked.has(row.key) ? { ...row, plan } : row));
  }

  find(where: RequestOf<'server/find'>['where']): readonly string[] {
    const fits = (row: ServerRow) => {
      if (where.kind === 'larger') return row.sizeBytes > where.bytes;
      if (where.kind === 'stored' || where.kind === 'new') return row.state === where.kind;
      if (where.kind !== 'from') return true;
      return `${row.headers?.from.name} ${row.headers?.from.address}`.includes(where.sender);
    };
    return this.#rows.filter(fits).map(({ key }) => key);
  }

  space(): ServerSpace {
    const sums = new Map<string, { count: number; sizeBytes: number }>();
    for (const row of this.#rows) {
      const sender = row.headers?.from.address ?? '';
      const sum = sums.get(sender) ?? { count: 0, sizeBytes: 0 };
      sums.set(sender, { count: sum.count + 1, sizeBytes: sum.sizeBytes + row.sizeBytes });
    }
    const bySender = [...sums].map(([sender, sum]) => ({ sender, ...sum }));
    return {
      bySender: bySender.sort((a, b) => b.sizeBytes - a.sizeBytes),
      byAge: [
        { bucket: 'week', count: 40, sizeBytes: 8_000_000 },
        { bucket: 'month', count: 120, sizeBytes: 31_000_000 },
        { bucket: 'quarter', count: 200, sizeBytes: 90_000_000 },
        { bucket: 'year', count: 300, sizeBytes: 120_000_000 },
        { bucket: 'older', count: 240, sizeBytes: 160_000_000 },
      ],
    };
  }

  apply(): void {
    const done = this.#rows.filter((row) => row.plan !== null).length;
    this.#rows = this.#rows.filter((row) => row.plan !== 'delete').map((row) => ({ ...row, plan: null }));
    this.#applied = { done, total: done, outcome: 'applied' };
  }
}
