/**
 * Languages the program speaks. Each one is complete: texts of the window and of the shell, plurals, dates, and word
 * forms for the search. English comes first and is the one to fall back to.
 */
export const languages = ['en', 'ru'] as const;

/** A language the program speaks, by its code. BCP 47. */
export type Language = (typeof languages)[number];

/** What a person can choose: a language, or whatever the system speaks. */
export const languageChoices = ['system', ...languages] as const;

/** A choice of language, before `system` is resolved. */
export type LanguageChoice = (typeof languageChoices)[number];

/** The language to use: the chosen one, or the system's where Poppy speaks it, or English. `systemLocale` as in BCP 47. */
export function resolveLanguage(chosen: LanguageChoice, systemLocale: string): Language {
  if (chosen !== 'system') return chosen;
  return languages.find((language) => systemLocale.toLowerCase().startsWith(language)) ?? 'en';
}
