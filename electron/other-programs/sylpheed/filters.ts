import type { RuleCondition } from '../../../shared/rule.ts';
import type { FilterRule, ForeignFilter, ForeignFolder } from '../found-mail/foreign-mail.ts';

type Action = FilterRule['actions'][number];

/** The folder that an identifier such as `#mh/Mail/Work` names. */
export type FolderAt = (identifier: string) => ForeignFolder | null;

const words = /"((?:[^"\\]|\\.)*)"|(\S+)/g;

function wordsOf(text: string): string[] {
  return [...text.matchAll(words)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
}

/** The rules of Claws Mail: lines of `[filtering]` in `matcherrc`. */
export function clawsFilters(text: string | null, folderAt: FolderAt): ForeignFilter[] {
  const section = (text ?? '').split(/^\[/m).find((one) => one.startsWith('filtering]')) ?? '';
  return section.split(/\r?\n/).flatMap((line) => {
    const [, state, name, rest] =
      /^(enabled|disabled) rulename "((?:[^"\\]|\\.)*)"(?: account \d+)? (.+)$/.exec(line) ?? [];
    if (state === undefined || rest === undefined) return [];
    return [clawsFilter({ name: name ?? '', isEnabled: state === 'enabled', text: rest }, folderAt)];
  });
}

function clawsFilter(
  rule: { readonly name: string; readonly isEnabled: boolean; readonly text: string },
  folderAt: FolderAt,
): ForeignFilter {
  const left = wordsOf(rule.text);
  const conditions: RuleCondition[] = [];
  const actions: Action[] = [];
  const notTaken: string[] = [];
  let isWhole = true;
  while (left.length > 0) {
    const condition = nextCondition(left);
    if (condition === 'none') break;
    if (typeof condition === 'string') {
      isWhole = false;
      notTaken.push(condition);
    } else conditions.push(condition);
    if (left[0] === '|') isWhole = false;
    if (left[0] !== '&' && left[0] !== '|') break;
    left.shift();
  }
  while (left.length > 0) {
    const [action, told] = nextAction(left, folderAt);
    if (action === null) notTaken.push(told);
    else actions.push(action);
  }
  const rules = isWhole && conditions.length > 0 && actions.length > 0 ? [{ conditions, actions }] : [];
  if (rules.length === 0 && notTaken.length === 0) notTaken.push(rule.text);
  return { accountKey: null, name: rule.name, isEnabled: rule.isEnabled, rules, notTaken };
}

const fields = [
  'from',
  'to',
  'subject',
  'cc',
  'to_or_cc',
  'tag',
  'header',
  'body_part',
  'headers_part',
  'message',
];
const numbers = ['size_greater', 'size_smaller', 'age_greater', 'age_lower', 'score_greater', 'score_lower'];

/** Takes a condition off the words: one of ours, what it was called, or `none` where an action follows. */
function nextCondition(left: string[]): RuleCondition | string {
  const [first = ''] = left;
  const isNegated = first.startsWith('~');
  const field = first.replace(/^~/, '');
  if (numbers.includes(field)) {
    const [, value = ''] = left.splice(0, 2);
    const bytes = Number(value);
    if (field === 'size_greater' && !isNegated) return { kind: 'larger', bytes };
    return field === 'size_smaller' && !isNegated ? { kind: 'smaller', bytes } : `${first} ${value}`;
  }
  if (!fields.includes(field))
    return /^~?(?:all|unread|new|marked|deleted|replied|forwarded|locked|spam)$/.test(first)
      ? (left.shift() ?? '')
      : 'none';
  const header = field === 'header' ? left.splice(1, 1)[0] : undefined;
  const [, how = '', text = ''] = left.splice(0, 3);
  const isPlain = !isNegated && (how === 'match' || how === 'matchcase') && text !== '';
  if (isPlain && (field === 'from' || field === 'to' || field === 'subject'))
    return { kind: field, contains: text };
  if (isPlain && field === 'to_or_cc') return { kind: 'to', contains: text };
  if (isPlain && header !== undefined) return { kind: 'header', name: header, contains: text };
  return [first, header, how, text].filter((word) => word !== undefined).join(' ');
}

function nextAction(left: string[], folderAt: FolderAt): [Action | null, string] {
  const name = left.shift() ?? '';
  if (name === 'mark_as_read') return [{ kind: 'mark-read' }, name];
  if (name === 'mark') return [{ kind: 'star' }, name];
  if (name === 'delete') return [{ kind: 'trash' }, name];
  const hasValue = [
    'move',
    'copy',
    'set_tag',
    'unset_tag',
    'color',
    'execute',
    'change_score',
    'set_score',
    'redirect',
    'forward',
    'forward_as_attachment',
    'add_to_addressbook',
  ].includes(name);
  const value = hasValue ? (left.shift() ?? '') : '';
  if (name === 'set_tag' && value !== '') return [{ kind: 'tag', tag: value }, name];
  const folder = name === 'move' ? folderAt(value) : null;
  return folder === null ? [null, `${name} ${value}`.trim()] : [{ kind: 'move', folder }, name];
}
