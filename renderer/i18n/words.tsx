import { type ReactNode, useCallback, useEffect } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import type { Language } from '../../shared/language.ts';
import en from './en.json';
import ru from './ru.json';

/** Key of a sentence; every language has them all. */
export type WordKey = keyof typeof en;
/** What can be put into a sentence. */
type WordValues = Readonly<Record<string, string | number>>;
/** Gives the sentence of a key in the person's language. */
export type Words = (key: WordKey, values?: WordValues) => string;

const catalogs: Record<Language, Record<WordKey, string>> = { en, ru };

/** Speaks one language to everything inside. */
export function LanguageProvider(props: { readonly language: Language; readonly children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = props.language;
  }, [props.language]);
  return (
    <IntlProvider locale={props.language} messages={catalogs[props.language]}>
      {props.children}
    </IntlProvider>
  );
}

/** The sentences of the person's language. */
export function useWords(): Words {
  const intl = useIntl();
  return useCallback<Words>((key, values) => intl.formatMessage({ id: key }, { ...values }), [intl]);
}
