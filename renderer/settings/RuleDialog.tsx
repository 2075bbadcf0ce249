import { TriangleAlert } from 'lucide-react';
import type { AccountState } from '../../shared/account-state.ts';
import type { ReplyOf } from '../../shared/contract.ts';
import type { Rule } from '../../shared/rule.ts';
import { foldersStore, tagsStore } from '../bridge/live.ts';
import { useStore } from '../bridge/store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { AccountPicker } from './AccountPicker.tsx';
import { RuleActions } from './RuleActions.tsx';
import { RuleConditions } from './RuleConditions.tsx';
import { isComplete } from './rule-text.ts';
import { useRuleDraft } from './use-rule-draft.ts';

type RuleDialogProps = {
  readonly rule: Rule;
  readonly accounts: readonly AccountState[];
  readonly onSave: (rule: Rule) => void;
  readonly onClose: () => void;
};

/** One rule: its conditions, what it does, and what it would have done. */
export function RuleDialog({ rule: first, accounts, onSave, onClose }: RuleDialogProps) {
  const t = useTexts();
  const tags = useStore(tagsStore);
  const { folders } = useStore(foldersStore);
  const { rule, change, setConditions, setActions, tried, tryOut } = useRuleDraft(first);
  return (
    <Dialog
      title={t('rule.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="large"
      foot={
        <>
          <Button className="foot-start" isDisabled={!isComplete(rule)} onPress={tryOut}>
            {t('rule.try')}
          </Button>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" isDisabled={!isComplete(rule)} onPress={() => onSave(rule)}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className="settings-grid">
        <Field label={t('rule.name')} value={rule.name} onChange={(name) => change({ name })} />
        <AccountPicker
          accounts={accounts}
          chosen={rule.accountId}
          onChange={(accountId) => change({ accountId })}
        />
      </div>
      <RuleConditions conditions={rule.conditions} onChange={setConditions} />
      <RuleActions actions={rule.actions} tags={tags} folders={folders} onChange={setActions} />
      {rule.actions.some(({ kind }) => kind === 'delete-on-server') && (
        <Banner look="warning" icon={<TriangleAlert size={17} />}>
          {t('rule.deletes-unread')}
        </Banner>
      )}
      {tried !== null && <RuleOutcome outcome={tried} />}
    </Dialog>
  );
}

/** What a rule would have done with the mail that is here. */
function RuleOutcome({ outcome }: { readonly outcome: ReplyOf<'rule/dry-run'> }) {
  const t = useTexts();
  return (
    <Banner>
      <p>{t('rule.matched', { count: outcome.matched })}</p>
      <ul className="rule-sample">
        {outcome.sample.rows.slice(0, 5).map((row) => (
          <li key={row.id}>
            {row.from.name || row.from.address}: {row.subject || t('list.no-subject')}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
