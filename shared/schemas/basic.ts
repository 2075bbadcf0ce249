import { z } from 'zod';
import type { AccountId, MessageId } from '../model.ts';

/*
 * What the page may send, noun by noun; shared/contract.ts puts these together into requests. Each limit is far above
 * what a person can type or choose: it is there against a page that has been taken over.
 */

/** A string of at most so many UTF-16 units. */
export const text = (most: number) => z.string().max(most);

/** An account by its id. */
export const accountId = z.custom<AccountId>(
  (value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value),
);

/** A stored message by its id. */
export const messageId = z.custom<MessageId>((value) => Number.isSafeInteger(value) && Number(value) > 0);

/** Stored messages by their ids. */
export const messageIds = z.array(messageId).max(200_000);

/** One part of a message, by its path in the part tree. */
export const partPath = z.string().regex(/^[0-9a-z.-]{1,200}$/);

/** A request that asks without saying more. */
export const nothing = z.object({}).strict();
