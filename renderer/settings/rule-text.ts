import { type FolderId, folderPath, type OwnFolder } from '../../shared/folder.ts';
import { plainActions, type Rule, type RuleAction, type RuleCondition } from '../../shared/rule.ts';
import type { Formats } from '../i18n/formats.ts';
import type { TextOf } from '../i18n/texts.tsx';
import type { Option } from '../ui/Choice.tsx';

/** What a condition can look at. */
export const conditionKinds = ['from', 'to', 'subject', 'header', 'larger', 'smaller'] as const;

/** A condition of a kind, with nothing in it yet. */
export function newCondition(kind: RuleCondition['kind']): RuleCondition {
  switch (kind) {
    case 'header':
      return { kind, name: 'List-Id', contains: '' };
    case 'larger':
    case 'smaller':
      return { kind, bytes: 5_000_000 };
    default:
      return { kind, contains: '' };
  }
}

/** The tag and the folder that a new action begins with; null where there are none. */
type FirstChoices = { readonly tag: string | null; readonly folder: FolderId | null };

/** An action of a kind. */
export function newAction(kind: RuleAction['kind'], first: FirstChoices): RuleAction {
  if (kind === 'tag') return { kind, tag: first.tag ?? '' };
  if (kind !== 'move') return { kind };
  return first.folder === null ? { kind: 'archive' } : { kind, folder: first.folder };
}

/** A rule with one empty condition. */
export function newRule(name: string): Rule {
  return {
    id: `rule-${Date.now().toString(36)}`,
    name,
    isOn: true,
    accountId: null,
    conditions: [newCondition('from')],
    actions: [{ kind: 'archive' }],
  };
}

/** Whether a rule says something: an empty condition would match all mail. */
export function isComplete(rule: Rule): boolean {
  const isFull = (condition: RuleCondition) =>
    'contains' in condition ? condition.contains.trim() !== '' : condition.bytes > 0;
  return rule.conditions.length > 0 && rule.actions.length > 0 && rule.conditions.every(isFull);
}

function conditionText(condition: RuleCondition, t: TextOf, { size }: Formats): string {
  switch (condition.kind) {
    case 'larger':
    case 'smaller':
      return t(`rule.about.${condition.kind}`, { size: size(condition.bytes) });
    case 'header':
      return t('rule.about.header', { name: condition.name, what: condition.contains });
    default:
      return t(`rule.about.${condition.kind}`, { what: condition.contains });
  }
}

/** A folder with those around it, as a person reads it. */
export function folderText(folders: readonly OwnFolder[], id: FolderId): string {
  return folderPath(folders, id).join(' / ');
}

function actionText(action: RuleAction, folders: readonly OwnFolder[], t: TextOf): string {
  if (action.kind === 'tag') return `${t('rule.action.tag')}: ${action.tag}`;
  if (action.kind === 'move') return `${t('rule.action.move')}: ${folderText(folders, action.folder)}`;
  return t(`rule.action.${action.kind}`);
}

/** What a rule looks at and what it does, in one line. */
export function ruleText(
  { conditions, actions }: Rule,
  folders: readonly OwnFolder[],
  t: TextOf,
  formats: Formats,
): string {
  const looksAt = conditions.map((condition) => conditionText(condition, t, formats)).join(', ');
  const does = actions.map((action) => actionText(action, folders, t));
  return `${looksAt} → ${does.join(', ')}`;
}

/** The kinds of conditions as choices. */
export function conditionOptions(t: TextOf): Option<RuleCondition['kind']>[] {
  return conditionKinds.map((key) => ({ key, label: t(`rule.condition.${key}`) }));
}

/** The kinds of actions as choices. */
export function actionOptions(t: TextOf, first: FirstChoices): Option<RuleAction['kind']>[] {
  return [...plainActions, 'tag' as const, 'move' as const]
    .filter((key) => (key !== 'tag' || first.tag !== null) && (key !== 'move' || first.folder !== null))
    .map((key) => ({ key, label: t(`rule.action.${key}`) }));
}
