import { z } from 'zod';
import type { AccountId, MessageId } from '../ids.ts';

/*
 * What the page may send and what settings.json may hold, noun by noun. shared/contract.ts puts these together into
 * requests; electron/account reads the settings file by the same ones. Each limit is far above what a person can type
 * or choose: it guards against a page that has been taken over.
 */

/** Ties a schema to the type it checks. It does not compile when one of the two takes more than the other. */
export const schemaOf =
  <Type>() =>
  <Schema extends z.ZodType<Type>>(
    schema: Schema & ([Type] extends [z.output<Schema>] ? unknown : never),
  ): Schema =>
    schema;

/** A string of at most so many UTF-16 units. */
export const text = (most: number) => z.string().max(most);

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number) => z.number().int().min(least).max(most);

/** An account by its id. */
export const accountId = z.custom<AccountId>(
  (value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value),
);

/** A stored message by its id. */
export const messageId = z.custom<MessageId>((value) => Number.isSafeInteger(value) && Number(value) > 0);

/** Stored messages by their ids. */
export const messageIds = z.array(messageId).max(200_000).readonly();

/** One part of a message, by its path in the part tree. */
export const partPath = z.string().regex(/^[0-9a-z.-]{1,200}$/);

/** A request that asks without saying more. */
export const nothing = z.object({}).strict();
