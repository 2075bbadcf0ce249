import { Plus, X } from 'lucide-react';
import type { OwnFolder } from '../../shared/folder.ts';
import type { Tag } from '../../shared/places.ts';
import type { RuleAction } from '../../shared/rule.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Picker } from '../ui/Choice.tsx';
import { actionOptions, folderText, newAction } from './rule-text.ts';

type RuleActionsProps = {
  readonly actions: readonly RuleAction[];
  readonly tags: readonly Tag[];
  readonly folders: readonly OwnFolder[];
  readonly onChange: (actions: readonly RuleAction[]) => void;
};

/** What a rule does, one line each, in order. */
export function RuleActions({ actions, tags, folders, onChange }: RuleActionsProps) {
  const t = useTexts();
  const set = (at: number, action: RuleAction) => onChange(actions.with(at, action));
  const first = { tag: tags[0]?.name ?? null, folder: folders[0]?.id ?? null };
  return (
    <>
      <h3 className="rule-part">{t('rule.actions')}</h3>
      {actions.map((action, at) => (
        <div key={`action ${String(at)}`} className="rule-line">
          <Picker
            className="grows"
            label={t('rule.action')}
            isLabelHidden
            value={action.kind}
            onChange={(kind) => set(at, newAction(kind, first))}
            options={actionOptions(t, first)}
          />
          {action.kind === 'tag' && (
            <Picker
              label={t('action.tag')}
              isLabelHidden
              value={action.tag}
              onChange={(tag) => set(at, { kind: 'tag', tag })}
              options={tags.map(({ name }) => ({ key: name, label: name }))}
            />
          )}
          {action.kind === 'move' && (
            <Picker
              label={t('rule.action.move')}
              isLabelHidden
              value={action.folder}
              onChange={(folder) => set(at, { kind: 'move', folder })}
              options={folders.map(({ id }) => ({ key: id, label: folderText(folders, id) }))}
            />
          )}
          <IconButton
            label={t('rule.remove-action')}
            icon={<X size={16} />}
            isDisabled={actions.length === 1}
            onPress={() => onChange(actions.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button
        look="quiet"
        className="start"
        icon={<Plus size={15} />}
        onPress={() => onChange([...actions, { kind: 'star' }])}
      >
        {t('rule.add-action')}
      </Button>
    </>
  );
}
