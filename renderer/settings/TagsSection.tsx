import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { savedSearchesStore, saveSearches, saveTags, tagsStore } from '../bridge/live.ts';
import { useStore } from '../bridge/store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip, nextTagColor, type TagColor, tagColors } from '../ui/Chips.tsx';
import { Picker } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { RemoveButton } from './RemoveButton.tsx';

/** Tags with their colours and keys, and searches kept under a name. */
export function TagsSection() {
  const t = useTexts();
  const tags = useStore(tagsStore);
  const searches = useStore(savedSearchesStore);
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const isTaken = tags.some((tag) => tag.name === trimmed);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '' || isTaken) return;
    void saveTags([...tags, { name: trimmed, color: nextTagColor(tags.length) }]);
    setName('');
  };
  return (
    <div className="page">
      <h2>{t('places.tags')}</h2>
      <p className="soft">{t('settings.tags-text')}</p>
      <ul className="settings-list">
        {tags.map((tag, at) => (
          <li key={tag.name} className="settings-line">
            <kbd>{at < 9 ? at + 1 : '–'}</kbd>
            <Chip name={tag.name} color={tag.color} />
            <span className="grows" />
            <Picker<TagColor>
              label={t('settings.tag-color', { name: tag.name })}
              isLabelHidden
              value={tagColors.find((color) => color === tag.color) ?? 'grey'}
              onChange={(color) =>
                void saveTags(tags.map((other) => (other.name === tag.name ? { ...other, color } : other)))
              }
              options={tagColors.map((key) => ({ key, label: t(`color.${key}`) }))}
            />
            <RemoveButton
              label={t('settings.remove-tag', { name: tag.name })}
              onRemove={() => void saveTags(tags.filter((other) => other.name !== tag.name))}
            >
              {t('settings.remove-tag-text')}
            </RemoveButton>
          </li>
        ))}
      </ul>
      <form className="settings-add" onSubmit={add}>
        <Field
          label={t('settings.new-tag')}
          value={name}
          onChange={setName}
          problem={isTaken ? t('settings.tag-taken') : null}
        />
        <Button icon={<Plus size={16} />} isDisabled={trimmed === '' || isTaken} type="submit">
          {t('settings.add-tag')}
        </Button>
      </form>
      <h2>{t('places.searches')}</h2>
      {searches.length === 0 && <p className="soft">{t('settings.no-searches')}</p>}
      <ul className="settings-list">
        {searches.map((search) => (
          <li key={search.name} className="settings-line">
            <span className="grows">{search.name}</span>
            <code className="code">{search.query}</code>
            <RemoveButton
              label={t('settings.remove-search', { name: search.name })}
              onRemove={() => void saveSearches(searches.filter((other) => other.name !== search.name))}
            >
              {t('settings.remove-search-text')}
            </RemoveButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
