import type { AccountId } from '../../../shared/ids.ts';
import type { EmailAddress } from '../../../shared/message.ts';
import { earlyActions, type Rule, type RuleAction, type RuleCondition } from '../../../shared/rule.ts';

/** What rules look at; all of it is known from the headers alone. */
export type RuleSubject = {
  readonly accountId: AccountId;
  readonly from: EmailAddress;
  readonly to: readonly EmailAddress[];
  readonly subject: string;
  readonly sizeBytes: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

const beforeDownload = new Set<string>(earlyActions);

/** Whether any rule that is on wants to decide before a message is downloaded, which costs a TOP for each. */
export function needsHeadersFirst(rules: readonly Rule[], accountId: AccountId): boolean {
  return rules.some(
    (rule) =>
      rule.isOn &&
      (rule.accountId === null || rule.accountId === accountId) &&
      rule.actions.some((action) => beforeDownload.has(action.kind)),
  );
}

/** Actions of all rules that match, in the order of the rules. */
export function actionsFor(rules: readonly Rule[], message: RuleSubject): RuleAction[] {
  return rulesFor(rules, message).flatMap((rule) => rule.actions);
}

/** All rules that are on and match, in their order. */
export function rulesFor(rules: readonly Rule[], message: RuleSubject): Rule[] {
  return rules.filter((rule) => rule.isOn && ruleMatches(rule, message));
}

/** Whether every condition of the rule holds. A rule without conditions matches nothing. */
export function ruleMatches(rule: Rule, message: RuleSubject): boolean {
  if (rule.accountId !== null && rule.accountId !== message.accountId) return false;
  return rule.conditions.length > 0 && rule.conditions.every((condition) => holds(condition, message));
}

function holds(condition: RuleCondition, message: RuleSubject): boolean {
  switch (condition.kind) {
    case 'from':
      return contains(`${message.from.name} ${message.from.address}`, condition.contains);
    case 'to':
      return message.to.some((mailbox) => contains(`${mailbox.name} ${mailbox.address}`, condition.contains));
    case 'subject':
      return contains(message.subject, condition.contains);
    case 'header':
      return message.headers.some(
        (header) =>
          header.name.toLowerCase() === condition.name.toLowerCase() &&
          contains(header.value, condition.contains),
      );
    case 'larger':
      return message.sizeBytes > condition.bytes;
    case 'smaller':
      return message.sizeBytes < condition.bytes;
  }
}

function contains(text: string, sought: string): boolean {
  return sought !== '' && text.toLocaleLowerCase().includes(sought.toLocaleLowerCase());
}
