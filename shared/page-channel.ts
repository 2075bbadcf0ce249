import type { EventName, RequestName } from './contract.ts';

/*
 * The channel between one document and the shell. Each document has a message port of its own, so that nothing meant
 * for an earlier document can reach it. Answers and events share the port: they arrive in the order in which they
 * were written.
 */

/** A request of the page. `request` tells the answers of one document apart. */
export type FromPage = { readonly request: number; readonly name: RequestName; readonly body: unknown };

/** What the page is told, before it has its number. */
export type Told =
  | { readonly kind: 'answer'; readonly request: number; readonly value: unknown }
  /** The request was refused, or failed by a mistake in the program. */
  | { readonly kind: 'broken'; readonly request: number; readonly reason: string }
  | { readonly kind: 'event'; readonly name: EventName; readonly payload: unknown };

/** A message to the page. `number` is 1 for a document's first message and grows by one with each. */
export type ToPage = Told & { readonly number: number };

/** IPC message by which a new document hands its port to the shell. */
export const connectMessage = 'poppy:connect';
/** IPC message by which a document says that its channel is lost. The shell loads the page again. */
export const lostMessage = 'poppy:lost';
