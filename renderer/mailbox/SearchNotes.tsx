import { useMemo } from 'react';
import type { Language } from '../../shared/language.ts';
import type { SearchAdvice } from '../../shared/search/advice.ts';
import { parseSearch, type SearchNote } from '../../shared/search/parse-search.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { type TextOf, useLanguage, useTexts } from '../i18n/texts.tsx';

type SearchNotesProps = { readonly query: string; readonly onSearch: (query: string) => void };

function noteText({ kind, typed, operator }: SearchNote, language: Language, t: TextOf): string {
  if (kind === 'unknown-operator') return t('search.unknown-operator', { typed });
  const example = operator?.examples[language] ?? '';
  return t('search.unknown-value', { typed, example });
}

function adviceText(advice: SearchAdvice, t: TextOf): string {
  if (advice.kind === 'layout') return t('search.other-layout', { typed: advice.typed, used: advice.used });
  if (advice.kind === 'spelling') return t('search.hardly-found', { typed: advice.typed });
  return t(`search.left-out.${advice.folder}`, { total: advice.total });
}

function keyOf(advice: SearchAdvice): string {
  if (advice.kind === 'left-out') return advice.folder;
  return `${advice.typed} ${advice.kind === 'spelling' ? advice.word : advice.used}`;
}

/** Says above the results what of a query was not understood, offers what was probably meant, and counts what is left out. */
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
      {advice?.map((each) => (
        <p key={keyOf(each)} className="list-note" role="note">
          {adviceText(each, t)}{' '}
          {each.kind === 'spelling' &&
            offer(t('search.did-you-mean-count', { word: each.word, total: each.total }), each.query)}
          {each.kind === 'left-out' && offer(t('search.show-left-out'), each.query)}
        </p>
      ))}
    </>
  );
}
