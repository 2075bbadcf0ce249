/*
 * Words that were typed while the keyboard was set to another language: "ljujdjh" for "договор".
 */

const english = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю';
const ukrainian = "'йцукенгшщзхїфівапролджєячсмитьбю";

function converter(from: string, into: string): (text: string) => string {
  const letters = new Map([...from].map((letter, index) => [letter, into[index] ?? letter]));
  return (text) => [...text.toLowerCase()].map((letter) => letters.get(letter) ?? letter).join('');
}

const converters = [
  { from: /^[a-z`[\];',.]+$/iu, convert: converter(english, russian) },
  { from: /^[a-z`[\];',.]+$/iu, convert: converter(english, ukrainian) },
  { from: /^[а-яё]+$/iu, convert: converter(russian, english) },
  { from: /^[а-щьюяґєії']+$/iu, convert: converter(ukrainian, english) },
];

/** A shorter word is found in some mail anyway while it is typed. Letters. */
const shortestWord = 4;

/** What a word would be on other keyboard layouts; nothing for a short one. */
export function onOtherLayouts(word: string): readonly string[] {
  if (word.length < shortestWord) return [];
  const found = converters.filter(({ from }) => from.test(word)).map(({ convert }) => convert(word));
  return [...new Set(found)].filter((each) => each !== word);
}
