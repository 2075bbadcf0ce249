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

/** An action of a kind. */
export function newAction(kind: RuleAction['kind'], tag: string): RuleAction {
  return kind === 'tag' ? { kind, tag } : { kind };
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

/** What a rule looks at and what it does, in one line. */
export function ruleText({ conditions, actions }: Rule, t: TextOf, formats: Formats): string {
  const looksAt = conditions.map((condition) => conditionText(condition, t, formats)).join(', ');
  const does = actions.map((action) =>
    action.kind === 'tag' ? `${t('rule.action.tag')}: ${action.tag}` : t(`rule.action.${action.kind}`),
  );
  return `${looksAt} → ${does.join(', ')}`;
}

/** The kinds of conditions as choices. */
export function conditionOptions(t: TextOf): Option<RuleCondition['kind']>[] {
  return conditionKinds.map((key) => ({ key, label: t(`rule.condition.${key}`) }));
}

/** The kinds of actions as choices. */
export function actionOptions(t: TextOf, hasTags: boolean): Option<RuleAction['kind']>[] {
  return [...plainActions, 'tag' as const]
    .filter((key) => hasTags || key !== 'tag')
    .map((key) => ({ key, label: t(`rule.action.${key}`) }));
}
