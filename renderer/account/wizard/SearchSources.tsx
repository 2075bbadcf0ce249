import { Check, Minus } from 'lucide-react';
import type { SearchProgress } from '../../../shared/account-setup.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Spinner } from '../../ui/Progress.tsx';

/** Who is asked for settings, and who has answered with some. */
export function SearchSources({ looking, answered }: SearchProgress) {
  const t = useTexts();
  if (looking.length === 0 && answered.length === 0) return null;
  return (
    <ul className="search-sources" aria-label={t('looking.list')}>
      {answered.map(({ source, hasFound }) => (
        <li key={source}>
          {hasFound ? <Check size={15} aria-hidden="true" /> : <Minus size={15} aria-hidden="true" />}
          {t(hasFound ? 'looking.found' : 'looking.nothing', { source: t(`looking.${source}`) })}
        </li>
      ))}
      {looking.map((source) => (
        <li key={source}>
          <Spinner /> {t(`looking.${source}`)}
        </li>
      ))}
    </ul>
  );
}
