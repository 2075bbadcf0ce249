import type { Folder } from '../../../shared/folder.ts';
import type { AccountId, MessageId } from '../../../shared/ids.ts';
import type { EmailAddress, MessageSummary } from '../../../shared/message.ts';

/** The account with a small, varied mailbox. */
export const smallId = '0123456789abcdef' as AccountId;
/** The account with 100,000 messages. */
export const hugeId = 'fedcba9876543210' as AccountId;

const people: readonly EmailAddress[] = [
  { name: 'Анна Сергеевна Ковалёва', address: 'kovaleva@library.example.ru' },
  { name: 'Marta Lindqvist', address: 'marta@lindqvist.example' },
  { name: 'Hofladen Sonnenberg', address: 'bestellung@sonnenberg.example' },
  { name: '', address: 'no-reply@tickets.example.net' },
  { name: 'Городская библиотека № 7', address: 'news@library.example.ru' },
  { name: 'Theo van den Berg', address: 'theo@vandenberg.example' },
  {
    name: 'The Society for the Preservation of Exceedingly Long Names in Electronic Correspondence',
    address: 'secretary@long-names.example.org',
  },
  { name: 'Пётр Иванов', address: 'petr.ivanov@example.ru' },
  { name: 'Claire Dubois', address: 'claire@dubois.example' },
  { name: 'Garden Weekly', address: 'letter@garden-weekly.example.com' },
  { name: '山田 花子', address: 'hanako@yamada.example.jp' },
  { name: 'Samir Haddad', address: 'samir.haddad@example.com' },
];
const subjects = [
  'Расписание занятий на декабрь',
  'The photos from Sunday, at last',
  'Ihre Bestellung ist abholbereit',
  'Your tickets for 12 December',
  'Новые поступления: что почитать зимой',
  'Re: Where shall we meet?',
  'Minutes of the four hundred and twelfth ordinary meeting, with seven annexes and a list of corrections',
  'Счёт за ноябрь',
  'Apple cake, the recipe you asked for',
  'Ten things to do in the garden before the frost',
  '年末のご挨拶',
  '',
];
const previews = [
  'Добрый день! Во вложении расписание, проверьте, пожалуйста, свои часы до пятницы.',
  'I sorted them on the train. The one with the dog is my favourite, but see for yourself…',
  'Sie können Ihre Kiste am Samstag zwischen 9 und 13 Uhr abholen. Bitte denken Sie an die Pfandflaschen.',
  'Keep this message: the code below is your entry. Doors open at 18:30, the concert begins at 19:30.',
  'Мы собрали двенадцать книг, с которыми не страшна никакая вьюга.',
  'Half past six at the old post office would suit me well. Bring the maps!',
  'Dear members, please find below the minutes, as approved by the committee on Thursday.',
  'Здравствуйте! Счёт во вложении, оплатить нужно до десятого числа.',
];

/** A number sequence between 0 and 1 that is the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Makes a mailbox of so many messages, newest first. */
export function seedMessages(
  accountId: AccountId,
  count: number,
  firstId: number,
  now: number,
): MessageSummary[] {
  const random = seeded(count + 7);
  const pick = <Value>(list: readonly Value[], otherwise: Value): Value =>
    list[Math.floor(random() * list.length)] ?? otherwise;
  const messages: MessageSummary[] = [];
  let at = now - 1000 * 60 * 7;
  for (let index = 0; index < count; index += 1) {
    at -= Math.floor(random() * 1000 * 60 * 60 * (index < 12 ? 2 : 11));
    const folder: Folder = random() < 0.92 ? 'inbox' : random() < 0.6 ? 'archive' : 'trash';
    messages.push({
      id: (firstId + index) as MessageId,
      accountId,
      folder,
      subject: pick(subjects, ''),
      from: pick(people, { name: '', address: '' }),
      to: [{ name: '', address: 'olga@example.org' }],
      sentAt: index === 9 ? null : at,
      receivedAt: at,
      sizeBytes: Math.floor(1500 + random() ** 8 * 6_000_000),
      preview: pick(previews, ''),
      isRead: index > 30 ? random() < 0.95 : random() < 0.55,
      isStarred: random() < 0.06,
      isReplied: false,
      isForwarded: false,
      isPartial: index === 4,
      isDoubtful: index === 11,
      attachmentCount: random() < 0.2 ? 1 + Math.floor(random() * 3) : 0,
      conversationId: firstId + index,
      conversationCount: random() < 0.1 ? 2 + Math.floor(random() * 5) : 1,
      tags: random() < 0.12 ? [pick(['Family', 'Работа', 'To pay'], 'Family')] : [],
    });
  }
  return messages;
}
