import type { FolderId } from './folder.ts';
import type { AccountId } from './ids.ts';

/** A rule over mail that comes in. */
export type Rule = {
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly accountId: AccountId | null;
  readonly conditions: readonly RuleCondition[];
  readonly actions: readonly RuleAction[];
};

/** One condition; all conditions of a rule must hold. */
export type RuleCondition =
  | { readonly kind: 'from' | 'to' | 'subject'; readonly contains: string }
  | { readonly kind: 'header'; readonly name: string; readonly contains: string }
  | { readonly kind: 'larger' | 'smaller'; readonly bytes: number };

/** What a rule can do before the download. */
export const earlyActions = ['skip', 'headers-only', 'delete-on-server', 'fetch-first'] as const;

/** What a rule can do with a message that is here, beside tagging it. */
const lateActions = ['archive', 'star', 'trash', 'mark-read', 'no-notice'] as const;

/** Every action that needs nothing more: all but tagging and moving. */
export const plainActions = [...earlyActions, ...lateActions] as const;

/** What a rule does. */
export type RuleAction =
  | { readonly kind: (typeof plainActions)[number] }
  | { readonly kind: 'tag'; readonly tag: string }
  /** Files new mail of the folder's own mailbox there. */
  | { readonly kind: 'move'; readonly folder: FolderId };
