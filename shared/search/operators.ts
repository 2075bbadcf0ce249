import type { Language } from '../language.ts';

/*
 * The operators of the search. The parser and the help in the window are made from this one table, so the help cannot
 * fall behind.
 */

/** Fields of a message whose words can be searched. */
export type WordField = 'subject' | 'sender' | 'recipients' | 'attachment' | 'body';

/** Facts about a message that `is:` asks for. */
export type MessageState = 'unread' | 'read' | 'starred' | 'replied' | 'forwarded' | 'partial';

/** Kinds of files that `has:` asks for. */
export const fileKinds = [
  'pdf',
  'image',
  'document',
  'sheet',
  'slides',
  'archive',
  'calendar',
  'audio',
  'video',
  'message',
] as const;

/** A kind of file that `has:` asks for. */
export type FileKind = (typeof fileKinds)[number];

/** What the value of an operator is. */
export type OperatorValue =
  | { readonly kind: 'words'; readonly fields: readonly WordField[] }
  | { readonly kind: 'date'; readonly side: 'before' | 'after' | 'within' }
  | { readonly kind: 'size'; readonly side: 'larger' | 'smaller' | 'either' }
  | { readonly kind: 'state' }
  | { readonly kind: 'file' }
  | { readonly kind: 'file-type' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'tag' };

/** Name of an operator, as the help has it. */
export type OperatorName =
  | 'from'
  | 'to'
  | 'cc'
  | 'with'
  | 'subject'
  | 'body'
  | 'filename'
  | 'type'
  | 'has'
  | 'is'
  | 'in'
  | 'tag'
  | 'date'
  | 'before'
  | 'after'
  | 'older'
  | 'newer'
  | 'larger'
  | 'smaller'
  | 'size';

/** One operator: other names for it, Russian ones too, what its value is, and examples in both languages. */
export type Operator = {
  readonly name: OperatorName;
  readonly others: readonly string[];
  readonly value: OperatorValue;
  readonly examples: Readonly<Record<Language, string>>;
};

const words = (...fields: readonly WordField[]): OperatorValue => ({ kind: 'words', fields });

/** All operators in the order of the help. */
export const operators: readonly Operator[] = [
  {
    name: 'from',
    others: ['sender', 'от'],
    value: words('sender'),
    examples: { en: 'from:anna', ru: 'от:анна' },
  },
  {
    name: 'to',
    others: ['recipient', 'кому'],
    value: words('recipients'),
    examples: { en: 'to:boris', ru: 'кому:борис' },
  },
  {
    name: 'cc',
    others: ['копия'],
    value: words('recipients'),
    examples: { en: 'cc:anna', ru: 'копия:анна' },
  },
  {
    name: 'with',
    others: ['с'],
    value: words('sender', 'recipients'),
    examples: { en: 'with:anna', ru: 'с:анна' },
  },
  {
    name: 'subject',
    others: ['title', 'тема'],
    value: words('subject'),
    examples: { en: 'subject:"annual report"', ru: 'тема:"годовой отчёт"' },
  },
  {
    name: 'body',
    others: ['текст'],
    value: words('body'),
    examples: { en: 'body:rent', ru: 'текст:аренда' },
  },
  {
    name: 'filename',
    others: ['attachment', 'файл', 'вложение'],
    value: words('attachment'),
    examples: { en: 'filename:report', ru: 'файл:отчёт' },
  },
  {
    name: 'type',
    others: ['тип'],
    value: { kind: 'file-type' },
    examples: { en: 'type:docx', ru: 'тип:docx' },
  },
  {
    name: 'has',
    others: ['есть'],
    value: { kind: 'file' },
    examples: { en: 'has:attachment', ru: 'есть:вложение' },
  },
  {
    name: 'is',
    others: ['это'],
    value: { kind: 'state' },
    examples: { en: 'is:unread', ru: 'это:непрочитанное' },
  },
  {
    name: 'in',
    others: ['folder', 'в', 'папка'],
    value: { kind: 'folder' },
    examples: { en: 'in:trash', ru: 'в:корзина' },
  },
  {
    name: 'tag',
    others: ['label', 'метка'],
    value: { kind: 'tag' },
    examples: { en: 'tag:work', ru: 'метка:работа' },
  },
  {
    name: 'date',
    others: ['on', 'дата'],
    value: { kind: 'date', side: 'within' },
    examples: { en: 'date:2026-01', ru: 'дата:сегодня' },
  },
  {
    name: 'before',
    others: ['until', 'до'],
    value: { kind: 'date', side: 'before' },
    examples: { en: 'before:2026-01-31', ru: 'до:31.01.2026' },
  },
  {
    name: 'after',
    others: ['since', 'после'],
    value: { kind: 'date', side: 'after' },
    examples: { en: 'after:yesterday', ru: 'после:вчера' },
  },
  {
    name: 'older',
    others: ['older_than', 'старше'],
    value: { kind: 'date', side: 'before' },
    examples: { en: 'older:1y', ru: 'старше:1г' },
  },
  {
    name: 'newer',
    others: ['newer_than', 'новее'],
    value: { kind: 'date', side: 'after' },
    examples: { en: 'newer:2w', ru: 'новее:2н' },
  },
  {
    name: 'larger',
    others: ['bigger', 'больше'],
    value: { kind: 'size', side: 'larger' },
    examples: { en: 'larger:5MB', ru: 'больше:5МБ' },
  },
  {
    name: 'smaller',
    others: ['меньше'],
    value: { kind: 'size', side: 'smaller' },
    examples: { en: 'smaller:100KB', ru: 'меньше:100КБ' },
  },
  {
    name: 'size',
    others: ['размер'],
    value: { kind: 'size', side: 'either' },
    examples: { en: 'size:>1MB', ru: 'размер:>1МБ' },
  },
];

const byName = new Map(
  operators.flatMap((operator) => [operator.name, ...operator.others].map((name) => [name, operator])),
);

/** The operator of a name in lower case; null where there is none. */
export function operatorNamed(name: string): Operator | null {
  return byName.get(name) ?? null;
}

/** All names that operators go by. */
export const operatorNames: readonly string[] = [...byName.keys()];

/** Values of `is:`, by all their names. */
export const states: ReadonlyMap<string, MessageState> = new Map(
  Object.entries({
    unread: 'unread',
    read: 'read',
    starred: 'starred',
    flagged: 'starred',
    replied: 'replied',
    answered: 'replied',
    forwarded: 'forwarded',
    partial: 'partial',
    непрочитанное: 'unread',
    прочитанное: 'read',
    помеченное: 'starred',
    звезда: 'starred',
    отвеченное: 'replied',
    пересланное: 'forwarded',
    неполное: 'partial',
  } as const),
);

/** Values of `has:`, by all their names; `any` is any file. */
export const files: ReadonlyMap<string, FileKind | 'any'> = new Map<string, FileKind | 'any'>([
  ...fileKinds.map((kind): [string, FileKind] => [kind, kind]),
  ['attachment', 'any'],
  ['attachments', 'any'],
  ['file', 'any'],
  ['files', 'any'],
  ['picture', 'image'],
  ['photo', 'image'],
  ['images', 'image'],
  ['spreadsheet', 'sheet'],
  ['table', 'sheet'],
  ['presentation', 'slides'],
  ['zip', 'archive'],
  ['invitation', 'calendar'],
  ['вложение', 'any'],
  ['вложения', 'any'],
  ['файл', 'any'],
  ['картинка', 'image'],
  ['фото', 'image'],
  ['документ', 'document'],
  ['таблица', 'sheet'],
  ['презентация', 'slides'],
  ['архив', 'archive'],
  ['календарь', 'calendar'],
  ['приглашение', 'calendar'],
  ['аудио', 'audio'],
  ['видео', 'video'],
  ['письмо', 'message'],
]);

/** Russian names of the fixed folders, for `in:`. */
export const folderNames: ReadonlyMap<string, string> = new Map([
  ['входящие', 'inbox'],
  ['архив', 'archive'],
  ['корзина', 'trash'],
  ['спам', 'junk'],
  ['отправленные', 'sent'],
]);
