import type { CheckRecord } from '../../../shared/account-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import { isFolderId } from '../../../shared/folder.ts';
import type { Attachment, EmailAddress } from '../../../shared/message.ts';
import { plainActions, type Rule, type RuleAction, type RuleCondition } from '../../../shared/rule.ts';
import type { DatedQuirks } from '../../../shared/server-quirks.ts';
import type { ServerDeletion } from '../../../shared/server-view.ts';
import { type Guard, isFlag, isNumber, isObject, isText, listOf, oneOf, orNull, shape } from './guards.ts';

/*
 * Texts in the index that are JSON. An index can be damaged, or come from another version or another place. A value
 * without the right form counts as missing.
 */

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // This is not JSON. It counts as missing.
    return null;
  }
}

/** The value that a text holds, or null when it does not have the form. */
export function storedValue<Value>(text: string, isValue: Guard<Value>): Value | null {
  const value = parsed(text);
  return isValue(value) ? value : null;
}

/** The values of the list that a text holds. Values without the form are left out. */
export function storedList<Value>(text: string, isValue: Guard<Value>): Value[] {
  const value = parsed(text);
  return Array.isArray(value) ? value.filter(isValue) : [];
}

/** A person or a list as named in a message. */
export const isMailbox = shape<EmailAddress>({ name: isText, address: isText });

/** A part of a message that is shown as an attachment. */
export const isAttachment = shape<Attachment>({
  part: isText,
  name: isText,
  type: isText,
  sizeBytes: isNumber,
  sha256: isText,
  contentId: orNull(isText),
  isInline: isFlag,
});

/** A flaw that a parser found in a message. */
export const isWarning = shape<{ readonly code: string; readonly detail: string }>({
  code: isText,
  detail: isText,
});

const isFailure: Guard<Failure> = (value): value is Failure =>
  isObject(value) && isText(value.kind) && isFlag(value.canRetry);

const isAccountIdText = isText as Guard<CheckRecord['accountId']>;

/** A finished check. */
export const isCheckRecord = shape<CheckRecord>({
  accountId: isAccountIdText,
  startedAt: isNumber,
  endedAt: isNumber,
  stored: isNumber,
  storedBytes: isNumber,
  deletedOnServer: isNumber,
  skipped: isNumber,
  onServer: isNumber,
  outcome: oneOf(['done', 'stopped', 'failed']),
  failure: orNull(isFailure),
});

/** A deletion on a server. */
export const isServerDeletion = shape<ServerDeletion>({
  accountId: isAccountIdText,
  at: isNumber,
  uidl: isText,
  from: isText,
  subject: isText,
  sizeBytes: isNumber,
  wasStoredHere: isFlag,
  outcome: oneOf(['applied', 'refused', 'unknown']),
});

const isWordCondition = oneOf(['from', 'to', 'subject']);
const isSizeCondition = oneOf(['larger', 'smaller']);

const isCondition: Guard<RuleCondition> = (value): value is RuleCondition => {
  if (!isObject(value)) return false;
  if (isSizeCondition(value.kind)) return isNumber(value.bytes);
  if (value.kind === 'header') return isText(value.name) && isText(value.contains);
  return isWordCondition(value.kind) && isText(value.contains);
};

const isPlainAction = oneOf(plainActions);

const isAction: Guard<RuleAction> = (value): value is RuleAction => {
  if (!isObject(value)) return false;
  if (value.kind === 'tag') return isText(value.tag);
  return value.kind === 'move' ? isFolderId(value.folder) : isPlainAction(value.kind);
};

/** A person's rule. */
export const isRule = shape<Rule>({
  id: isText,
  name: isText,
  isOn: isFlag,
  accountId: orNull(isAccountIdText),
  conditions: listOf(isCondition),
  actions: listOf(isAction),
});

/** Facts about a server that are numbers; all others are flags. */
const countedQuirks: readonly string[] = ['loginDelaySeconds', 'expireDays', 'brokenPipelines'];

/** What was learned about a server and when, from its text. Before dates were kept it held the facts alone. */
export function storedQuirks(text: string): DatedQuirks {
  const value = parsed(text);
  if (!isObject(value)) return { facts: {}, since: {} };
  const facts = Object.entries(value).filter(([name, fact]) =>
    countedQuirks.includes(name) ? isNumber(fact) : isFlag(fact),
  );
  const since = isObject(value.since) ? Object.entries(value.since).filter(([, date]) => isNumber(date)) : [];
  return { facts: Object.fromEntries(facts), since: Object.fromEntries(since) };
}

/** The text of what was learned about a server. */
export function quirksText({ facts, since }: DatedQuirks): string {
  return JSON.stringify({ ...facts, since });
}
