import iconv from 'iconv-lite';
import { lines, type MadeMessage, made, word } from './made-message.ts';

/** A text in UTF-8 as a program shows it that takes it for another charset. */
function mistaken(text: string, charset: string): string {
  const bytes = iconv.encode(text, 'utf-8');
  // Codes that have no letter in a charset stand for themselves.
  return [...bytes]
    .map((byte) => {
      const letter = iconv.decode(Buffer.from([byte]), charset);
      return letter === '\ufffd' ? String.fromCharCode(byte) : letter;
    })
    .join('');
}
const letter = (habit: string, text: string, wanted: string, subject = 'x'): MadeMessage =>
  made(habit, lines(`Subject: ${subject}`, 'Content-Type: text/plain; charset=utf-8', '', text, ''), {
    text: wanted,
  });

const texts = [
  ['windows-1252', 'Grüße aus Köln, 5 € – bitte!'],
  ['windows-1252', 'Привет, как дела?'],
  ['windows-1252', 'Don’t worry'],
  ['windows-1252', 'El niño'],
  ['iso-8859-1', 'Perché non è più così?'],
  ['windows-1251', 'Привет, как дела?'],
  ['windows-1251', 'Grüße, ça va très bien'],
  ['koi8-r', 'Привет, как дела?'],
  ['cp866', 'Привет, как дела?'],
  ['windows-1250', 'Příliš žluťoučký kůň'],
  ['windows-1252', '会議は金曜日です'],
  ['windows-1252', 'Καλημέρα σας'],
] as const;
/** Letters beyond ASCII that stand side by side in honest texts. */
const honest = [
  'SPASS»',
  'CAFÉ®, ÀÇ, Ï»',
  'À «l’été», Ñ°5, Ã la carte',
  'Рё — это Р и ё',
  'рад, рада, ради, С» и Р»',
  'ГАЗС» ООО «РС»',
  'Ä–Ö–Ü',
  '¿Qué?¡Olé!',
];

/** Text that was mistaken for another charset and sent on so. */
export const garbledMessages: readonly MadeMessage[] = [
  ...texts.map(([charset, text]) =>
    letter(`“${text}” mistaken for ${charset}`, mistaken(text, charset), text),
  ),
  letter(
    'a text that was mistaken twice',
    mistaken(mistaken('Grüße, schöne Tage', 'windows-1252'), 'windows-1252'),
    'Grüße, schöne Tage',
  ),
  letter(
    'a reply whose quotation is garbled',
    `Привет!\r\n> ${mistaken('Как дела?', 'windows-1252')}`,
    'Привет!\n> Как дела?',
  ),
  ...honest.map((text) => letter(`“${text}”, which is as it was meant`, text, text)),
  made(
    'a garbled subject',
    lines(`Subject: ${word(mistaken('Grüße aus Köln', 'windows-1252'))}`, '', 'x', ''),
    { subject: 'Grüße aus Köln' },
  ),
  made(
    'garbled HTML',
    lines(
      'Subject: x',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<p title="ok">${mistaken('Где ключи?', 'windows-1252')}</p><p>Здесь</p>`,
      '',
    ),
    { htmlHas: ['Где ключи?', 'Здесь'] },
  ),
];
