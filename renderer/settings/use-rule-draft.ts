import { useState } from 'react';
import type { ReplyOf } from '../../shared/contract.ts';
import type { Rule, RuleAction, RuleCondition } from '../../shared/rule.ts';
import { poppy } from '../bridge/poppy.ts';

/** A rule while it is being written. */
export type RuleDraft = {
  readonly rule: Rule;
  readonly change: (change: Partial<Rule>) => void;
  readonly setConditions: (conditions: readonly RuleCondition[]) => void;
  readonly setActions: (actions: readonly RuleAction[]) => void;
  /** What the rule would have done with the mail that is here; null until it was tried as it is now. */
  readonly tried: ReplyOf<'rule/dry-run'> | null;
  readonly tryOut: () => void;
};

/** Changes a rule and tries it out; any change makes what was tried out of date. */
export function useRuleDraft(first: Rule): RuleDraft {
  const [rule, setRule] = useState(first);
  const [tried, setTried] = useState<RuleDraft['tried']>(null);
  const change = (part: Partial<Rule>) => {
    setRule((before) => ({ ...before, ...part }));
    setTried(null);
  };
  const tryOut = () => {
    const copy = { ...rule, conditions: [...rule.conditions], actions: [...rule.actions] };
    void poppy.request('rule/dry-run', { rule: copy }).then(setTried);
  };
  return {
    ...{ rule, change, tried, tryOut },
    setConditions: (conditions) => change({ conditions }),
    setActions: (actions) => change({ actions }),
  };
}
