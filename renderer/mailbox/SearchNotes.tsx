import { useMemo } from 'react';
import type { Language } from '../../shared/language.ts';
import { parseSearch, type SearchNote } from '../../shared/search/parse-search.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { type TextOf, useLanguage, useTexts } from '../i18n/texts.tsx';

type SearchNotesProps = { readonly query: string; readonly onSearch: (query: string) => void };

function noteText({ kind, typed, operator }: SearchNote, language: Language, t: TextOf): string {
  if (kind === 'unknown-operator') return t('search.unknown-operator', { typed });
  const example = operator?.examples[language] ?? '';
  return t('search.unknown-value', { typed, example });
}

/** Says above the results what of a query was not understood, and offers what was probably meant. */
export function SearchNotes({ query, onSearch }: SearchNotesProps) {
  const t = useTexts();
  const language = useLanguage();
  const notes = useMemo(() => parseSearch(query).notes, [query]);
  const { value: advice } = useAnswer('search/advice', { query });
  const offer = (text: string, next: string) => (
    <button type="button" className="search-offer" onClick={() => onSearch(next)}>
      {text}
    </button>
  );
  return (
    <>
      {notes.map((note) => (
        <p key={note.typed} className="list-note" role="note">
          {noteText(note, language, t)}{' '}
          {note.nearest !== null &&
            offer(t('search.did-you-mean', { word: note.nearest }), query.replace(note.typed, note.nearest))}
        </p>
      ))}
      {advice?.map((each) =>
        each.kind === 'layout' ? (
          <p key={each.typed} className="list-note" role="note">
            {t('search.other-layout', { typed: each.typed, used: each.used })}
          </p>
        ) : (
          <p key={`${each.typed} ${each.word}`} className="list-note" role="note">
            {t('search.hardly-found', { typed: each.typed })}{' '}
            {offer(t('search.did-you-mean-count', { word: each.word, total: each.total }), each.query)}
          </p>
        ),
      )}
    </>
  );
}
