import { createHash } from 'node:crypto';
import { isFolderRole } from '../../../shared/folder.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Rule, RuleAction } from '../../../shared/rule.ts';
import type {
  FilterRule,
  ForeignFilter,
  ForeignFolder,
} from '../../other-programs/found-mail/foreign-mail.ts';
import type { Store } from '../../store/store.ts';
import type { FolderPlaces } from './folder-places.ts';
import type { FilterReport } from './import-report.ts';

/** What a rule may hold, as the window saves it. */
const mostConditions = 50;
const mostActions = 20;
const longestText = 500;
const longestName = 200;

/** Words of other programs that change nothing for the rule itself. Rules here are all carried out. */
const isHarmless = (words: string) => /^stop(?: execution)?$/i.test(words);

/** Where rules of other programs come to. */
export type RulesTarget = {
  readonly store: Pick<Store, 'rules'>;
  readonly places: FolderPlaces;
  mailboxOf(folder: ForeignFolder | null): AccountId;
  /** The mailbox here for an account of the other program; null for rules of all accounts. */
  accountOf(key: string | null): AccountId | null;
  readonly isPlan: boolean;
};

/**
 * Takes over what has an equal here. A rule that could not be taken over whole comes switched off. One that came before
 * stays as the person left it. Rejects with a StoreError.
 */
export async function importRules(
  target: RulesTarget,
  filters: readonly ForeignFilter[],
): Promise<FilterReport[]> {
  const { store, isPlan } = target;
  const before = store.rules.all();
  const known = new Set(before.map(({ id }) => id));
  const added: Rule[] = [];
  const reports: FilterReport[] = [];
  for (const filter of filters) {
    const notTaken = [...filter.notTaken];
    const rules: Rule[] = [];
    for (const one of filter.rules) {
      const rule = await ruleOf(target, filter, one);
      if (typeof rule === 'string') notTaken.push(rule);
      else rules.push(rule);
    }
    const isWhole = notTaken.every(isHarmless);
    added.push(...rules.map((rule) => ({ ...rule, isOn: rule.isOn && isWhole })));
    reports.push({
      name: filter.name,
      isTaken: rules.length > 0,
      isOn: filter.isEnabled && isWhole,
      notTaken,
    });
  }
  const missing = added.filter(({ id }) => !known.has(id));
  if (!isPlan && missing.length > 0) await store.rules.save([...before, ...missing]);
  return reports;
}

/** The rule here, or what of it cannot be. */
async function ruleOf(
  target: RulesTarget,
  filter: ForeignFilter,
  { conditions, actions }: FilterRule,
): Promise<Rule | string> {
  const texts = conditions.map((one) => ('contains' in one ? one.contains : ''));
  if (conditions.length > mostConditions || actions.length > mostActions) return 'too many parts';
  if (texts.some((text) => text.length > longestText)) return 'too long a text';
  const taken: RuleAction[] = [];
  let accountId = target.accountOf(filter.accountKey);
  for (const action of actions) {
    if (action.kind !== 'move') {
      taken.push(action);
      continue;
    }
    const { folder } = action;
    const mailbox = target.mailboxOf(folder);
    // A rule files mail within one mailbox.
    if (accountId !== null && mailbox !== accountId) return `move to ${folder.path.join('/')}`;
    accountId = mailbox;
    const place = target.isPlan ? null : await target.places.placeOf(mailbox, folder);
    if (place === null) continue;
    if (!isFolderRole(place)) taken.push({ kind: 'move', folder: place });
    else if (place === 'archive' || place === 'trash') taken.push({ kind: place });
    else return `move to ${folder.path.join('/')}`;
  }
  const name = filter.name.slice(0, longestName);
  const id = createHash('sha256')
    .update(JSON.stringify([accountId, name, conditions, actions]))
    .digest('hex')
    .slice(0, 16);
  return { id, name, isOn: filter.isEnabled, accountId, conditions, actions: taken };
}
