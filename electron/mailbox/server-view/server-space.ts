import { dayMs } from '../../../shared/durations.ts';
import type { EmailAddress } from '../../../shared/message.ts';
import { type AgeBucket, ageBuckets, type ServerSpace } from '../../../shared/server-view.ts';

const mostSenders = 20;

/** What the picture of a maildrop is drawn from: sizes are known from LIST, the rest once TOP brought the headers. */
export type SizedMessage = {
  readonly sizeBytes: number;
  readonly headers: { readonly from: EmailAddress; readonly sentAt: number | null } | null;
};

const buckets: readonly { readonly bucket: AgeBucket; readonly days: number }[] = [
  { bucket: 'week', days: 7 },
  { bucket: 'month', days: 31 },
  { bucket: 'quarter', days: 92 },
  { bucket: 'year', days: 366 },
];

/** Where the space on the server goes: the biggest senders, and ages. Messages without headers yet count as unknown. */
export function spaceOf(messages: readonly SizedMessage[], nowMs: number): ServerSpace {
  const senders = new Map<string, { count: number; sizeBytes: number }>();
  const ages = new Map<AgeBucket, { count: number; sizeBytes: number }>();
  for (const { sizeBytes, headers } of messages) {
    if (headers !== null) add(senders, headers.from.address.toLowerCase() || headers.from.name, sizeBytes);
    add(ages, ageOf(headers?.sentAt ?? null, nowMs), sizeBytes);
  }
  const bySender = [...senders]
    .map(([sender, sum]) => ({ sender, ...sum }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, mostSenders);
  return {
    bySender,
    byAge: ageBuckets.map((bucket) => ({ bucket, ...(ages.get(bucket) ?? { count: 0, sizeBytes: 0 }) })),
  };
}

/** The bar of the picture of ages that a message belongs to. */
export function ageOf(sentAt: number | null, nowMs: number): AgeBucket {
  if (sentAt === null) return 'unknown';
  const ageMs = nowMs - sentAt;
  return buckets.find(({ days }) => ageMs < days * dayMs)?.bucket ?? 'older';
}

function add<Key>(sums: Map<Key, { count: number; sizeBytes: number }>, key: Key, sizeBytes: number): void {
  const sum = sums.get(key) ?? { count: 0, sizeBytes: 0 };
  sums.set(key, { count: sum.count + 1, sizeBytes: sum.sizeBytes + sizeBytes });
}
