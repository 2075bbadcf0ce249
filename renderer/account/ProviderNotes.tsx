import { Info, TriangleAlert } from 'lucide-react';
import { useWords } from '../i18n/words.tsx';
import { Banner } from '../ui/Banner.tsx';

/** Notes that have a sentence, in the order of doing; what a newer table says is left out rather than shown as a code. */
const knownNotes = [
  'oauth-only',
  'paid-only',
  'enable-pop',
  'recent-mail-only',
  'app-password',
  'own-mail-password',
  'check-every-15-minutes',
] as const;

type ProviderNotesProps = { readonly notes: readonly string[]; readonly provider: string | null };

/** What a person has to do or know before the provider lets a mail program in, in one place. */
export function ProviderNotes({ notes, provider }: ProviderNotesProps) {
  const t = useWords();
  const known = knownNotes.filter((note) => notes.includes(note));
  if (known.length === 0) return null;
  const isShut = known.includes('oauth-only');
  const name = provider ?? t('settings-step.some-provider');
  return (
    <Banner
      look={isShut ? 'warning' : 'plain'}
      icon={isShut ? <TriangleAlert size={17} /> : <Info size={17} />}
    >
      <p className="note-title">{t('settings-step.notes', { provider: name })}</p>
      <ul className="note-list">
        {known.map((note) => (
          <li key={note}>{t(`settings-step.note.${note}`)}</li>
        ))}
      </ul>
    </Banner>
  );
}
