import { type ReactNode, useCallback, useEffect } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { type Language, languages } from '../../shared/language.ts';
import en from './en.json';
import ru from './ru.json';

/** Key of a sentence; every language has them all. */
export type TextKey = keyof typeof en;
/** What can be put into a sentence. */
type TextValues = Readonly<Record<string, string | number>>;
/** Gives the sentence of a key in the person's language. */
export type TextOf = (key: TextKey, values?: TextValues) => string;

const catalogs: Record<Language, Record<TextKey, string>> = { en, ru };

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
export function useTexts(): TextOf {
  const intl = useIntl();
  return useCallback<TextOf>((key, values) => intl.formatMessage({ id: key }, { ...values }), [intl]);
}

/** The person's language. */
export function useLanguage(): Language {
  const { locale } = useIntl();
  return languages.find((each) => each === locale) ?? 'en';
}
