import { useAnswer } from '../bridge/use-answer.ts';
import { useTexts } from '../i18n/texts.tsx';

/** Fewer than these are in the index before anybody could read that they are missing. */
const fewestMissing = 20;

/** Says of a list that was searched for how much of the mail a search can find by now, until that is all of it. */
export function SearchCoverage() {
  const t = useTexts();
  const { value } = useAnswer('search/coverage', {}, ['mailbox/changed']);
  if (value === null) return null;
  const isMissing = value.total - value.found >= fewestMissing;
  if (!isMissing && value.outdated < fewestMissing) return null;
  return (
    <p className="list-note" role="note">
      {isMissing ? t('search.indexing', value) : t('search.reading-again', value)}
    </p>
  );
}
