import { Archive, MailOpen, Star, Trash2 } from 'lucide-react';
import { runCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** In place of a message where several are chosen: how many, and what can be done with all of them. */
export function ManyMessages({ count }: { readonly count: number }) {
  const t = useTexts();
  const act = (command: string) => () => {
    runCommand(command);
  };
  return (
    <EmptyState
      picture={<MailOpen size={44} strokeWidth={1.2} />}
      title={t('reading.many', { count })}
      text={t('reading.many-text')}
      action={
        <div className="many-actions">
          <Button icon={<Archive size={16} />} onPress={act('archive')}>
            {t('action.archive')}
          </Button>
          <Button icon={<Star size={16} />} onPress={act('star')}>
            {t('action.star')}
          </Button>
          <Button icon={<MailOpen size={16} />} onPress={act('toggle-read')}>
            {t('command.toggle-read')}
          </Button>
          <Button look="danger" icon={<Trash2 size={16} />} onPress={act('delete')}>
            {t('action.delete')}
          </Button>
        </div>
      }
    />
  );
}
