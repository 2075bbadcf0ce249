import type { MessageId } from '../../../shared/ids.ts';
import { type LedgerKey, noLedgerKey } from '../../../shared/ledger-key.ts';
import type { StoreTools } from '../index/store-tools.ts';
import type { Placement } from './commit-item.ts';

type SameBytes = {
  readonly id: number;
  readonly is_damaged: number;
  readonly is_doubtful: number;
  readonly size: number;
};
type OfKey = {
  readonly id: number;
  readonly is_partial: number;
  readonly is_damaged: number;
  readonly is_doubtful: number;
  readonly length: number;
};

/** What is known of a message that has come. */
export type IncomingBytes = {
  readonly sha256: string;
  readonly ledgerKey: LedgerKey;
  readonly isPartial: boolean;
  readonly isDoubtful: boolean;
  readonly sizeBytes: number;
};

/** How a message that has come is placed. */
type PlacementOptions = {
  /**
   * Whether it takes the place of a doubtful copy under its key. While an index is built anew it does not: a doubt that
   * was settled is in no record, and another message may have come under the key.
   */
  readonly replacesDoubtful?: boolean;
};

/** Decides what becomes of a message from what the index knows of its hash and of its ledger entry. */
export function placementOf(
  tools: Pick<StoreTools, 'sql' | 'messages' | 'hashes'>,
  accountNo: number,
  message: IncomingBytes,
  { replacesDoubtful = true }: PlacementOptions = {},
): Placement {
  const { sql } = tools;
  if (!message.isPartial && !tools.hashes.mayBeKnown(message.sha256))
    return { kind: 'new', messageId: tools.messages.newId() };
  const same = sql.get<SameBytes>(
    `select id, is_damaged, is_doubtful, size from message where sha256 = ? and account_no = ? and is_partial = ?
     order by is_damaged, is_doubtful limit 1`,
    Buffer.from(message.sha256, 'hex'),
    accountNo,
    Number(message.isPartial),
  );
  const ofKey =
    message.ledgerKey === noLedgerKey ? undefined : messageOfKey(tools, accountNo, message.ledgerKey);
  // What is only a beginning, or cannot be read any more, gives its row to what comes under the same id.
  // A doubtful copy does so too, unless what comes is as doubtful and no longer.
  const isOwn = ofKey !== undefined && !isShared(tools, accountNo, message.ledgerKey, ofKey.id);
  const isReplaced = replacesDoubtful && ofKey?.is_doubtful === 1 && !message.isPartial;
  const addsNothing = isReplaced && message.isDoubtful && message.sizeBytes <= ofKey.length;
  const isFlawed = ofKey !== undefined && (ofKey.is_partial === 1 || ofKey.is_damaged === 1 || isReplaced);
  // What another id stands for as well keeps its row: the bytes that come are of this id alone.
  const held = isFlawed && isOwn ? (ofKey.id as MessageId) : null;
  // The same first lines can begin two messages; their sizes tell them apart.
  // What is in doubt vouches for no other message.
  const isOwnDoubt = isOwn && same?.id === ofKey.id;
  // What is in doubt is so for its own id only.
  const isCertain = message.isDoubtful
    ? isOwn && same?.id === ofKey.id
    : same?.is_doubtful === 0 || isOwnDoubt;
  const isSame = same !== undefined && isCertain && (!message.isPartial || same.size === message.sizeBytes);
  if (isSame && same.is_damaged === 0)
    return {
      kind: 'link',
      messageId: same.id as MessageId,
      drops: message.isPartial || held === same.id ? null : held,
      // The same bytes once more, and this time there is no doubt about them.
      settles: same.is_doubtful === 1 && !message.isDoubtful && isOwnDoubt,
    };
  // The beginning of a message that is here whole adds nothing.
  if (message.isPartial && ofKey?.is_partial === 0 && ofKey.is_damaged === 0)
    return { kind: 'link', messageId: ofKey.id as MessageId, drops: null, settles: false };
  if (addsNothing && ofKey.is_damaged === 0 && ofKey.is_partial === 0)
    return { kind: 'link', messageId: ofKey.id as MessageId, drops: null, settles: false };
  if (isSame) return { kind: 'heal', messageId: same.id as MessageId };
  if (held !== null) return { kind: 'replace', messageId: held, drops: null };
  return { kind: 'new', messageId: tools.messages.newId() };
}

/** The row of an entry whose copy is in doubt, if no other entry means that row. It goes when the message comes whole. */
export function ownDoubtful(
  tools: Pick<StoreTools, 'sql'>,
  accountNo: number,
  key: LedgerKey,
): MessageId | null {
  const ofKey = messageOfKey(tools, accountNo, key);
  const isOwn = ofKey?.is_doubtful === 1 && !isShared(tools, accountNo, key, ofKey.id);
  return isOwn ? (ofKey.id as MessageId) : null;
}

/** Whether another entry of the ledger means the same row. */
function isShared(tools: Pick<StoreTools, 'sql'>, accountNo: number, key: LedgerKey, id: number): boolean {
  return (
    tools.sql.value<number>(
      `select exists(select 1 from ledger where message_id = ?1 and not (account_no = ?2 and key = ?3)) as value`,
      id,
      accountNo,
      key,
    ) === 1
  );
}

function messageOfKey(tools: Pick<StoreTools, 'sql'>, accountNo: number, key: LedgerKey): OfKey | undefined {
  return tools.sql.get<OfKey>(
    `select m.id, m.is_partial, m.is_damaged, m.is_doubtful, m.length from ledger l join message m on m.id = l.message_id
     where l.account_no = ? and l.key = ?`,
    accountNo,
    key,
  );
}
