import { saveTags, tagsStore } from '../bridge/live.ts';
import { useStore } from '../bridge/store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { nextTagColor } from '../ui/Chips.tsx';
import { NameDialog } from './NameDialog.tsx';
import { toggleTag } from './use-list-commands.ts';
import type { Mailbox } from './use-mailbox.ts';

type NewTagDialogProps = { readonly mailbox: Mailbox; readonly onClose: () => void };

/** Makes a tag where it is needed, and puts it on the chosen messages. */
export function NewTagDialog({ mailbox, onClose }: NewTagDialogProps) {
  const t = useTexts();
  const tags = useStore(tagsStore);
  const make = async (typed: string): Promise<string | null> => {
    const name = typed.normalize('NFC').trim();
    if (name === '') return t('folder.problem.empty');
    if (tags.some((tag) => tag.name === name)) return t('settings.tag-taken');
    await saveTags([...tags, { name, color: nextTagColor(tags.length) }]);
    toggleTag(mailbox, name);
    return null;
  };
  return (
    <NameDialog
      title={t('tags.new')}
      answer={t('tags.make')}
      name=""
      note={t('tags.new-note')}
      onName={make}
      onClose={onClose}
    />
  );
}
