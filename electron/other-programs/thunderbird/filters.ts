import type { RuleCondition } from '../../../shared/rule.ts';
import type { FilterRule, ForeignFilter, ForeignFolder } from '../found-mail/foreign-mail.ts';

/** What a filter's words mean in a profile. */
export type FilterContext = {
  readonly accountKey: string | null;
  readonly tagNames: ReadonlyMap<string, string>;
  /** The folder that a `mailbox://` address names; null where it is in no account of the profile. */
  folderAt(address: string): ForeignFolder | null;
};

type Draft = { name: string; isEnabled: boolean; actions: [string, string][]; condition: string };
type Term = { readonly field: string; readonly verb: string; readonly text: string };
type Action = FilterRule['actions'][number];

/** The rules in `msgFilterRules.dat`. What has no equal here is listed in the program's own words. */
export function filtersIn(text: string | null, context: FilterContext): ForeignFilter[] {
  const drafts: Draft[] = [];
  for (const line of text?.split(/\r?\n/) ?? []) {
    const [, key, quoted = ''] = /^(\w+)="(.*)"\s*$/.exec(line) ?? [];
    const value = quoted.replace(/\\(["\\])/g, '$1');
    const draft = drafts.at(-1);
    if (key === 'name') drafts.push({ name: value, isEnabled: true, actions: [], condition: '' });
    else if (draft === undefined) continue;
    else if (key === 'enabled') draft.isEnabled = value === 'yes';
    else if (key === 'action') draft.actions.push([value, '']);
    else if (key === 'actionValue') {
      const last = draft.actions.at(-1);
      if (last !== undefined) last[1] = value;
    } else if (key === 'condition') draft.condition = value;
  }
  return drafts.map((draft) => filterOf(draft, context));
}

function filterOf(draft: Draft, context: FilterContext): ForeignFilter {
  const notTaken: string[] = [];
  const actions: Action[] = [];
  for (const [name, value] of draft.actions) {
    const action = actionOf(name, value, context);
    if (action === null) notTaken.push(value === '' ? name : `${name} ${value}`);
    else actions.push(action);
  }
  const { isAny, terms, isReadable } = termsOf(draft.condition);
  const conditions = terms.map((term) => conditionOf(term));
  const strange = terms.filter((_, index) => conditions[index] === null);
  for (const { field, verb, text } of strange) notTaken.push(`${field} ${verb} ${text}`);
  if (!isReadable) notTaken.push(draft.condition);
  return {
    accountKey: context.accountKey,
    name: draft.name,
    isEnabled: draft.isEnabled,
    rules:
      // With a condition left out a rule would meet mail that it was not made for.
      (strange.length > 0 && !isAny) || !isReadable || actions.length === 0
        ? []
        : rulesOf(isAny, conditions, actions),
    notTaken,
  };
}

function rulesOf(
  isAny: boolean,
  conditions: readonly (RuleCondition | null)[],
  actions: readonly Action[],
): FilterRule[] {
  const known = conditions.flatMap((one) => one ?? []);
  if (!isAny) return known.length === 0 ? [] : [{ conditions: known, actions }];
  return known.map((condition) => ({ conditions: [condition], actions }));
}

/** `AND (a,b,c) AND (…)`, `OR (…)` or `ALL`. A value may have parentheses and commas in it. */
function termsOf(condition: string): { isAny: boolean; isReadable: boolean; terms: Term[] } {
  const parts = condition.split(/(?:^|\s)(?=(?:AND|OR) \()/).filter((part) => part.trim() !== '');
  const terms: Term[] = [];
  let isReadable = parts.length > 0;
  for (const part of parts) {
    const [, field, verb, text] = /^(?:AND|OR) \(("[^"]*"|[^,]*),([^,]*),(.*)\)\s*$/.exec(part) ?? [];
    if (field === undefined || verb === undefined || text === undefined) isReadable = false;
    else terms.push({ field: field.replace(/^"|"$/g, ''), verb, text: text.replace(/^"(.*)"$/, '$1') });
  }
  return { isAny: condition.trimStart().startsWith('OR'), isReadable, terms };
}

function conditionOf({ field, verb, text }: Term): RuleCondition | null {
  if (field === 'size' && /^\d+$/.test(text)) {
    const bytes = Number(text) * 1024;
    if (verb === 'is greater than') return { kind: 'larger', bytes };
    return verb === 'is less than' ? { kind: 'smaller', bytes } : null;
  }
  if (verb !== 'contains' || text === '') return null;
  if (field === 'from' || field === 'subject') return { kind: field, contains: text };
  if (field === 'to' || field === 'to or cc') return { kind: 'to', contains: text };
  const builtIn = [
    'body',
    'date',
    'age in days',
    'priority',
    'status',
    'tag',
    'cc',
    'all addresses',
    'junk status',
  ];
  return builtIn.includes(field) ? null : { kind: 'header', name: field, contains: text };
}

function actionOf(name: string, value: string, context: FilterContext): Action | null {
  if (name === 'Mark read') return { kind: 'mark-read' };
  if (name === 'Mark flagged') return { kind: 'star' };
  if (name === 'Delete') return { kind: 'trash' };
  if (name === 'AddTag') return { kind: 'tag', tag: context.tagNames.get(value) ?? value };
  if (name !== 'Move to folder') return null;
  const folder = context.folderAt(value);
  return folder === null ? null : { kind: 'move', folder };
}
