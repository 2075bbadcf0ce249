import { Info, TriangleAlert } from 'lucide-react';
import { type ProviderNote, type ProviderPages, providerNotes } from '../../shared/account-setup.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';

type ProviderNotesProps = {
  readonly notes: readonly ProviderNote[];
  readonly pages: ProviderPages;
  readonly provider: string | null;
  /** The person signs in in the browser, so what is said of passwords does not matter. */
  readonly isInBrowser: boolean;
};

/** Notes that are about passwords only. */
const aboutPasswords = new Set<ProviderNote>(['oauth-only', 'app-password', 'own-mail-password']);

/** What a person has to do or know before the provider lets a mail program in, in one place. */
export function ProviderNotes({ notes, pages, provider, isInBrowser }: ProviderNotesProps) {
  const t = useTexts();
  const known = providerNotes.filter(
    (note) => notes.includes(note) && !(isInBrowser && aboutPasswords.has(note)),
  );
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
          <li key={note}>
            {t(`settings-step.note.${note}`)} <PageLink url={pages[note]} />
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** Leads to the provider's own page, whose host is its name. The window asks before it opens the browser. */
function PageLink({ url }: { readonly url: string | undefined }) {
  const t = useTexts();
  if (url === undefined) return null;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {t('settings-step.open-page', { host: new URL(url).host })}
    </a>
  );
}
