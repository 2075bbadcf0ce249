/*
 * Light stemmers for languages that the stemmer library lacks or reads too weakly. They cut endings of nouns, adjectives
 * and verbs, and make stems alike whose vowel comes and goes ("рахунок", "рахунки"). They may join words that are not
 * related. That finds a little too much, and never too little.
 */

/** Fewest letters that must be left of a word. */
const shortestStem = 3;

function withoutEnding(word: string, endings: readonly string[]): string {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= shortestStem);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

function longestFirst(endings: string): readonly string[] {
  return endings.split(' ').sort((one, other) => other.length - one.length);
}

const polishEndings = longestFirst(
  'ami ach om ow owi owie ego emu ymi imi ych ich ym im ej a e i o u y ie ia iu io iem em iom iami iach iej iego iemu ' +
    'lismy lysmy liscie lyscie lem lam les las ala alo ali aly al ila ilo ili ily il yla ylo yli yly yl ela eli ely ' +
    'alismy alysmy ilismy ilysmy ylismy ylysmy alem alam ilem ilam ylem ylam ac ic yc ec amy acie aja imy icie ymy ycie ' +
    'cie my sz esz isz ysz asz ony ona one oni onych onego any ana ane ani anych anego ajac ajacy jac',
);
const czechEndings = longestFirst(
  'ami emi ymi imi ach ech ich ych um uv ovi ove em ou ho eho iho emu imu ym im e i a o u y ej ejsi ' +
    'al ala alo ali aly il ila ilo ili ily el ela eli at it et ame ime eme ate ite ete aji eji ani eni any ana ane eny ena ene',
);
const ukrainianEndings = longestFirst(
  'ами ями ах ях ові еві єві ів їв ей ою ею єю ом ем єм ам ям ого ього ому ьому ій ий их іх им ім ими іми ої ьої ' +
    'а я у ю і ї е є о и ь й ти ла ло ли в ть ться тися лася лося лися вся ємо емо имо їмо ємось єте ете ите иш еш єш ' +
    'ить ять ать уть ють ає яє ають яють ав яв ив ала яла ила али яли или ало яло ило ати яти ити ований ована овані',
);
const westernConsonant = /[bcdfghjklmnpqrstvwxz]/;

/** "piatek" and "piatku": the e before the last consonant comes and goes. */
function withoutWesternVowel(stem: string): string {
  const match = /^(.+?)(?:ie|e)([ckn])$/.exec(stem);
  const beginning = match?.[1] ?? '';
  return beginning.length >= 2 && westernConsonant.test(beginning.at(-1) ?? '')
    ? `${beginning}${match?.[2]}`
    : stem;
}

/** The stem of a folded Polish word. */
export function polishStem(word: string): string {
  if (word.length < 4) return word;
  const stem = withoutWesternVowel(withoutEnding(word, polishEndings));
  return stem.length > shortestStem && stem.endsWith('rz') ? stem.slice(0, -1) : stem;
}

/** The stem of a folded Czech or Slovak word. */
export function czechStem(word: string): string {
  return word.length < 4 ? word : withoutWesternVowel(withoutEnding(word, czechEndings));
}

/** The stem of a Ukrainian word in lower case, with its own letters. */
export function ukrainianStem(word: string): string {
  if (word.length < 4) return word;
  const stem = withoutEnding(word, ukrainianEndings).replace(/(.)\1$/u, '$1');
  const fleeting = /^(.*[^аеєиіїоуюя])[оеє](?:ь?)([кнцлрв])$/u.exec(stem);
  if (fleeting !== null && (fleeting[1] ?? '').length >= 2) return `${fleeting[1]}${fleeting[2]}`;
  // A closed syllable has і where an open one has о or е: "ніч", "ночі".
  return stem.replace(/і([^аеєиіїоуюя])$/u, 'о$1').replace(/ї([^аеєиіїоуюя])$/u, 'є$1');
}

const hebrewPrefixes = 'והבלכמש';
const hebrewEndings = ['יות', 'ית', 'ימ', 'ות', 'ה', 'ת', 'י'];
const arabicEndings = ['ات', 'ين', 'ون', 'ان', 'يه', 'ها', 'هم', 'نا', 'ه', 'ي'];

/** The stem of a folded Hebrew word without its prefixes. */
export function hebrewStem(word: string): string {
  return withoutEnding(word, hebrewEndings);
}

/** The stem of a folded Arabic word without its prefixes. */
export function arabicStem(word: string): string {
  return withoutEnding(word, arabicEndings);
}

/** The folded Hebrew word without one and two of the letters that are written together with it. */
export function withoutHebrewPrefixes(word: string): readonly string[] {
  const found: string[] = [];
  for (let rest = word; found.length < 2 && rest.length > shortestStem; ) {
    if (!hebrewPrefixes.includes(rest[0] ?? '')) break;
    rest = rest.slice(1);
    found.push(rest);
  }
  return found;
}

/** The folded Arabic word without conjunction, preposition and article. */
export function withoutArabicPrefixes(word: string): readonly string[] {
  const found: string[] = [];
  const add = (rest: string) => {
    if (rest.length >= shortestStem && rest !== word && !found.includes(rest)) found.push(rest);
  };
  const withoutArticle = word.replace(/^[وف]?(?:[بك]?ال|لل)/u, '');
  add(withoutArticle);
  if (withoutArticle === word && word.length > shortestStem && /^[وفبلك]/u.test(word)) add(word.slice(1));
  return found;
}
