import { Pencil, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { Rule } from '../../shared/rule.ts';
import { foldersStore } from '../bridge/live.ts';
import { poppy } from '../bridge/poppy.ts';
import { useStore } from '../bridge/store.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Toggle } from '../ui/Choice.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import { newRule, ruleText } from './rule-text.ts';

/** Rules over mail that comes in: some work before the download, some after it. */
export function RulesSection({ accounts }: { readonly accounts: readonly AccountState[] }) {
  const t = useTexts();
  const formats = useFormats();
  const { folders } = useStore(foldersStore);
  const [rules, setRules] = useState<readonly Rule[]>([]);
  const [edited, setEdited] = useState<Rule | null>(null);
  useEffect(() => {
    void poppy.request('rule/list', {}).then(setRules);
  }, []);
  const save = (next: readonly Rule[]) => {
    const copies = next.map((rule) => ({
      ...rule,
      conditions: [...rule.conditions],
      actions: [...rule.actions],
    }));
    void poppy.request('rule/save', { rules: copies }).then(setRules);
  };
  const keep = (rule: Rule) => {
    const isNew = !rules.some(({ id }) => id === rule.id);
    save(isNew ? [...rules, rule] : rules.map((other) => (other.id === rule.id ? rule : other)));
    setEdited(null);
  };
  return (
    <div className="page">
      <h2>{t('settings.rules')}</h2>
      <p className="soft">{t('rule.text')}</p>
      <ul className="settings-list">
        {rules.map((rule) => (
          <li key={rule.id} className="settings-line">
            <div className="grows">
              <Toggle
                isOn={rule.isOn}
                onChange={(isOn) =>
                  save(rules.map((other) => (other.id === rule.id ? { ...other, isOn } : other)))
                }
                note={ruleText(rule, folders, t, formats)}
              >
                {rule.name}
              </Toggle>
            </div>
            <IconButton
              label={t('rule.edit', { name: rule.name })}
              icon={<Pencil size={16} />}
              onPress={() => setEdited(rule)}
            />
            <RemoveButton
              label={t('rule.remove', { name: rule.name })}
              onRemove={() => save(rules.filter(({ id }) => id !== rule.id))}
            >
              {t('rule.remove-text')}
            </RemoveButton>
          </li>
        ))}
      </ul>
      <div className="button-line">
        <Button icon={<Plus size={16} />} onPress={() => setEdited(newRule(t('rule.new-name')))}>
          {t('rule.add')}
        </Button>
      </div>
      {edited !== null && (
        <RuleDialog rule={edited} accounts={accounts} onSave={keep} onClose={() => setEdited(null)} />
      )}
    </div>
  );
}
