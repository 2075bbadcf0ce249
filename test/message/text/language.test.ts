import { expect, test } from 'vitest';
import { languageOf } from '../../../electron/message/text/language.ts';

test('the language of a letter is told by a sentence, and not guessed from less', () => {
  const texts: Readonly<Record<string, string | null>> = {
    'Please find the invoices attached. Payment within 14 days.': 'en',
    'Die Überweisungen der Mitarbeiterinnen sind gebucht worden.': 'de',
    'Vos factures impayées sont arrivées à l’école.': 'fr',
    'Los niños comieron en las estaciones.': 'es',
    'Zapłaciliśmy zaległe faktury w piątek.': 'pl',
    'Ми сплатили рахунки, а п’ятеро дітей поїхали до Києва.': 'uk',
    'Подписанные договоры лежат у бухгалтера.': 'ru',
    'שלחנו את החשבונית למשרד והילדים אכלו': 'he',
    'https://example.org/some/long/path?with=words&and=more someone@example.org': null,
    'OK, danke': null,
    '': null,
  };
  expect(Object.fromEntries(Object.keys(texts).map((text) => [text, languageOf(text)]))).toEqual(texts);
});
