import { CircleHelp, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, DialogTrigger, Popover } from 'react-aria-components';
import { useCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import { SearchHelp } from './SearchHelp.tsx';

/** Time after a key press before the search begins; less would search for each letter of a word. */
const pauseMs = 90;

type SearchBoxProps = {
  /** The query on screen; empty while no search is shown. */
  readonly query: string;
  readonly onSearch: (query: string) => void;
  readonly onLeave: () => void;
};

/** Searches everything while one types. */
export function SearchBox({ query, onSearch, onLeave }: SearchBoxProps) {
  const t = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState(query);
  const [isHelping, setHelping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useCommand('search', () => input.current?.select());
  // A saved search, or another place, changes what stands in the box; typing does not come back here.
  useEffect(() => {
    if (document.activeElement !== input.current) setWords(query);
  }, [query]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  const change = (next: string) => {
    setWords(next);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (next.trim() === '') onLeave();
      else onSearch(next.trim());
    }, pauseMs);
  };
  const clear = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    setWords('');
    onLeave();
  };
  useCommand('leave-search', clear, query !== '');
  /** Puts an example behind what stands there, and looks for it. */
  const add = (example: string) => {
    change(`${words} ${example}`.trim());
    setHelping(false);
    // The help gives the focus back to its button when it has gone.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        input.current?.focus();
        input.current?.setSelectionRange(input.current.value.length, input.current.value.length);
      }),
    );
  };
  return (
    <search className="search-box">
      <Search size={16} aria-hidden="true" className="search-icon" />
      <input
        ref={input}
        type="text"
        role="searchbox"
        className="search-input"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={words}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') clear();
          else if (event.key === 'Enter' && words.trim() !== '') onSearch(words.trim());
        }}
      />
      {words !== '' && (
        <button type="button" className="search-button" aria-label={t('search.clear')} onClick={clear}>
          <X size={15} aria-hidden="true" />
        </button>
      )}
      <DialogTrigger isOpen={isHelping} onOpenChange={setHelping}>
        <Button className="search-button" aria-label={t('search.help')}>
          <CircleHelp size={15} aria-hidden="true" />
        </Button>
        <Popover className="popover search-help">
          <SearchHelp onExample={add} />
        </Popover>
      </DialogTrigger>
    </search>
  );
}
