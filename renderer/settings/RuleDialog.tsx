import { Plus, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { ReplyOf } from '../../shared/contract.ts';
import type { Rule, RuleAction, RuleCondition } from '../../shared/rule.ts';
import { tagsStore } from '../bridge/live.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';
import { useWords } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Picker } from '../ui/Choice.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { actionOptions, conditionOptions, isComplete, newAction, newCondition } from './rule-words.ts';

/** Bytes of a kilobyte, as sizes are shown. */
const kilobyte = 1000;

type RuleDialogProps = {
  readonly rule: Rule;
  readonly accounts: readonly AccountState[];
  readonly onSave: (rule: Rule) => void;
  readonly onClose: () => void;
};

/** One rule: its conditions, what it does, and what it would have done. */
export function RuleDialog({ rule, accounts, onSave, onClose }: RuleDialogProps) {
  const t = useWords();
  const tags = useStore(tagsStore);
  const [draft, setDraft] = useState(rule);
  const [tried, setTried] = useState<ReplyOf<'rule/dry-run'> | null>(null);
  const change = (next: Rule) => {
    setDraft(next);
    setTried(null);
  };
  const setCondition = (at: number, condition: RuleCondition) =>
    change({ ...draft, conditions: draft.conditions.map((other, i) => (i === at ? condition : other)) });
  const setAction = (at: number, action: RuleAction) =>
    change({ ...draft, actions: draft.actions.map((other, i) => (i === at ? action : other)) });
  const dryRun = () => {
    const copy = { ...draft, conditions: [...draft.conditions], actions: [...draft.actions] };
    void poppy.request('rule/dry-run', { rule: copy }).then(setTried);
  };
  const firstTag = tags[0]?.name ?? '';
  return (
    <Dialog
      title={t('rule.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="large"
      foot={
        <>
          <Button className="foot-start" isDisabled={!isComplete(draft)} onPress={dryRun}>
            {t('rule.try')}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isDisabled={!isComplete(draft)} onPress={() => onSave(draft)}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className="settings-grid">
        <Field label={t('rule.name')} value={draft.name} onChange={(name) => change({ ...draft, name })} />
        <Picker
          label={t('list.column.account')}
          value={draft.accountId ?? 'all'}
          onChange={(key) =>
            change({
              ...draft,
              accountId: accounts.find(({ account }) => account.id === key)?.account.id ?? null,
            })
          }
          options={[
            { key: 'all', words: t('storage.all-accounts') },
            ...accounts.map(({ account }) => ({ key: String(account.id), words: account.name })),
          ]}
        />
      </div>
      <h3 className="rule-part">{t('rule.conditions')}</h3>
      {draft.conditions.map((condition, at) => (
        // A condition has no name of its own; its place is what tells it apart.
        <div key={`condition ${String(at)}`} className="rule-line">
          <Picker
            label={t('rule.condition')}
            isLabelHidden
            value={condition.kind}
            onChange={(kind) => setCondition(at, newCondition(kind))}
            options={conditionOptions(t)}
          />
          {condition.kind === 'header' && (
            <Field
              label={t('rule.header-name')}
              value={condition.name}
              onChange={(name) => setCondition(at, { ...condition, name })}
            />
          )}
          {'contains' in condition ? (
            <Field
              className="grows"
              label={t('rule.contains')}
              value={condition.contains}
              onChange={(contains) => setCondition(at, { ...condition, contains })}
            />
          ) : (
            <NumberLine
              label={t('rule.kilobytes')}
              value={Math.round(condition.bytes / kilobyte)}
              onChange={(value) => setCondition(at, { ...condition, bytes: value * kilobyte })}
              least={1}
              most={10_000_000}
            />
          )}
          <IconButton
            label={t('rule.remove-condition')}
            icon={<X size={16} />}
            isDisabled={draft.conditions.length === 1}
            onPress={() => change({ ...draft, conditions: draft.conditions.filter((_, i) => i !== at) })}
          />
        </div>
      ))}
      <Button
        look="quiet"
        className="start"
        icon={<Plus size={15} />}
        onPress={() => change({ ...draft, conditions: [...draft.conditions, newCondition('subject')] })}
      >
        {t('rule.add-condition')}
      </Button>
      <h3 className="rule-part">{t('rule.actions')}</h3>
      {draft.actions.map((action, at) => (
        <div key={`action ${String(at)}`} className="rule-line">
          <Picker
            className="grows"
            label={t('rule.action')}
            isLabelHidden
            value={action.kind}
            onChange={(kind) => setAction(at, newAction(kind, firstTag))}
            options={actionOptions(t, tags.length > 0)}
          />
          {action.kind === 'tag' && (
            <Picker
              label={t('action.tag')}
              isLabelHidden
              value={action.tag}
              onChange={(tag) => setAction(at, { kind: 'tag', tag })}
              options={tags.map(({ name }) => ({ key: name, words: name }))}
            />
          )}
          <IconButton
            label={t('rule.remove-action')}
            icon={<X size={16} />}
            isDisabled={draft.actions.length === 1}
            onPress={() => change({ ...draft, actions: draft.actions.filter((_, i) => i !== at) })}
          />
        </div>
      ))}
      <Button
        look="quiet"
        className="start"
        icon={<Plus size={15} />}
        onPress={() => change({ ...draft, actions: [...draft.actions, { kind: 'star' }] })}
      >
        {t('rule.add-action')}
      </Button>
      {draft.actions.some(({ kind }) => kind === 'delete-on-server') && (
        <Banner look="warning" icon={<TriangleAlert size={17} />}>
          {t('rule.deletes-unread')}
        </Banner>
      )}
      {tried !== null && (
        <Banner>
          <p>{t('rule.matched', { count: tried.matched })}</p>
          <ul className="rule-sample">
            {tried.sample.rows.slice(0, 5).map((row) => (
              <li key={row.id}>
                {row.from.name || row.from.address}: {row.subject || t('list.no-subject')}
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </Dialog>
  );
}
