import type { AccountId } from './model.ts';

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
  | { readonly kind: 'larger'; readonly bytes: number }
  | { readonly kind: 'smaller'; readonly bytes: number };

/** What a rule does, before the download (first four) or after it. */
export type RuleAction =
  | { readonly kind: 'skip' | 'headers-only' | 'delete-on-server' | 'fetch-first' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'archive' | 'star' | 'trash' | 'mark-read' | 'no-notice' };
