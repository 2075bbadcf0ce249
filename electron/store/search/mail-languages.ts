import type { Sql } from '../index/sql.ts';
import { stemmedLanguages } from './stemmers.ts';

/** A script in which words have forms. */
type Script = 'latin' | 'cyrillic' | 'greek' | 'arabic' | 'hebrew';

const scriptOf: Readonly<Record<string, Script>> = {
  ar: 'arabic',
  be: 'cyrillic',
  bg: 'cyrillic',
  el: 'greek',
  he: 'hebrew',
  ru: 'cyrillic',
  uk: 'cyrillic',
};
const scripts: readonly Script[] = ['latin', 'cyrillic', 'greek', 'arabic', 'hebrew'];
/** What is taken for the language of a word where nothing else is known. */
const usual: Readonly<Record<Script, string>> = {
  latin: 'en',
  cyrillic: 'ru',
  greek: 'el',
  arabic: 'ar',
  hebrew: 'he',
};

function scriptOfLanguage(language: string): Script {
  return scriptOf[language] ?? 'latin';
}

/** The script of a word in lower case; null for digits and for scripts whose words have no forms here. */
function scriptOfWord(written: string): Script | null {
  const code = written.codePointAt(0) ?? 0;
  if (code < 0x250) return code > 0x39 ? 'latin' : null;
  if (code >= 0x1e00 && code < 0x1f00) return 'latin';
  if ((code >= 0x370 && code < 0x400) || (code >= 0x1f00 && code < 0x2000)) return 'greek';
  if (code >= 0x400 && code < 0x530) return 'cyrillic';
  if (code >= 0x590 && code < 0x600) return 'hebrew';
  return code >= 0x600 && code < 0x700 ? 'arabic' : null;
}

/** For each script the languages whose forms its words may have. */
export type WordLanguages = Readonly<Record<Script, readonly string[]>>;

/** The languages of a word, none where its script has no forms. */
export function languagesOf(written: string, languages: WordLanguages): readonly string[] {
  const script = scriptOfWord(written);
  return script === null ? [] : languages[script];
}

function byScript(languagesIn: (script: Script) => readonly string[]): WordLanguages {
  return {
    latin: languagesIn('latin'),
    cyrillic: languagesIn('cyrillic'),
    greek: languagesIn('greek'),
    arabic: languagesIn('arabic'),
    hebrew: languagesIn('hebrew'),
  };
}

/** A language with fewer messages than this share of its script's commonest one is not asked for. */
const leastShare = 0.001;
/** Most languages of one script that a query is looked up in. Each adds a stem to it. */
const mostLanguages = 8;

/**
 * Counts in which languages mail is written. A word of a query is looked up by the forms of all of them, because a
 * single word seldom tells its language. Messages that have gone still count; only shares matter.
 */
export class MailLanguages {
  readonly #tools: { readonly sql: Pick<Sql, 'all' | 'run'> };
  #counts: ReadonlyMap<string, number> | null = null;
  /** Languages of messages by the language of each. They change when another language becomes the commonest. */
  readonly #ofMessages = new Map<string | null, WordLanguages>();

  constructor(tools: { readonly sql: Pick<Sql, 'all' | 'run'> }) {
    this.#tools = tools;
  }

  /** Counts messages by language. Call it inside the transaction that writes their words. */
  note(languages: ReadonlyMap<string, number>): void {
    if (languages.size === 0) return;
    const before = this.#commonest();
    for (const [language, messages] of languages)
      this.#tools.sql.run(
        `insert into mail_language(language, messages) values(?, ?)
         on conflict(language) do update set messages = messages + excluded.messages`,
        language,
        messages,
      );
    this.#counts = null;
    if (this.#commonest() !== before) this.#ofMessages.clear();
  }

  /** Languages for the words of one message: its own for its script, the commonest for others. */
  ofMessage(language: string | null): WordLanguages {
    const before = this.#ofMessages.get(language);
    if (before !== undefined) return before;
    const isKnown = language !== null && stemmedLanguages.includes(language);
    const languages = byScript((script) =>
      isKnown && scriptOfLanguage(language) === script
        ? [language]
        : [this.#common(script)[0] ?? usual[script]],
    );
    this.#ofMessages.set(language, languages);
    return languages;
  }

  /** Languages for the words of a query. */
  ofQuery(): WordLanguages {
    return byScript((script) => [...new Set([...this.#common(script), usual[script]])]);
  }

  #commonest(): string {
    return scripts.map((script) => this.#common(script)[0] ?? '').join(' ');
  }

  /** Languages of a script, the commonest first. */
  #common(script: Script): readonly string[] {
    this.#counts ??= new Map(
      this.#tools.sql
        .all<{ language: string; messages: number }>('select language, messages from mail_language')
        .map(({ language, messages }) => [language, messages]),
    );
    const inScript = [...this.#counts]
      .filter(([language]) => stemmedLanguages.includes(language) && scriptOfLanguage(language) === script)
      .sort(([, one], [, other]) => other - one);
    const most = inScript[0]?.[1] ?? 0;
    return inScript
      .filter(([, messages]) => messages >= most * leastShare)
      .slice(0, mostLanguages)
      .map(([language]) => language);
  }
}
