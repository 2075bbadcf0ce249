import { noContext } from '../../message/charset/charset-context.ts';
import { decodeHeaderText } from '../../message/headers/encoded-words.ts';
import { ownLinesAtTop } from '../files/own-lines.ts';
import type { FolderRole, ForeignMarks } from '../found-mail/foreign-mail.ts';

const names = new Set(['x-gm-thrid', 'x-gmail-labels']);

/** Takes the lines that Takeout writes at the top of each message. */
export const gmailLines = ownLinesAtTop(names, names);

/** What a label of the system means. */
type SystemLabel =
  | 'inbox'
  | 'sent'
  | 'drafts'
  | 'trash'
  | 'spam'
  | 'archived'
  | 'unread'
  | 'starred'
  | 'other';

/** The labels of the system, whose names are in the language of the account. */
const systemLabels: Readonly<Record<SystemLabel, readonly string[]>> = {
  inbox: [
    'Inbox',
    'Входящие',
    'Вхідні',
    'Posteingang',
    'Boîte de réception',
    'Recibidos',
    'Posta in arrivo',
    'Caixa de entrada',
    'Entrada',
    'Postvak IN',
    'Odebrane',
    'Doručená pošta',
    'Inkorgen',
    'Gelen Kutusu',
    '受信トレイ',
    '收件箱',
    '收件匣',
    '받은편지함',
  ],
  sent: [
    'Sent',
    'Отправленные',
    'Надіслані',
    'Gesendet',
    'Messages envoyés',
    'Envoyé',
    'Enviados',
    'Posta inviata',
    'Inviati',
    'Verzonden',
    'Wysłane',
    'Odeslaná pošta',
    'Skickat',
    'Gönderilmiş Postalar',
    '送信済み',
    '已发邮件',
    '寄件備份',
    '보낸편지함',
  ],
  drafts: [
    'Drafts',
    'Draft',
    'Черновики',
    'Чернетки',
    'Entwürfe',
    'Brouillons',
    'Borradores',
    'Bozze',
    'Rascunhos',
    'Concepten',
    'Wersje robocze',
    'Koncepty',
    'Utkast',
    'Taslaklar',
    '下書き',
    '草稿',
    '임시보관함',
  ],
  trash: [
    'Trash',
    'Корзина',
    'Кошик',
    'Papierkorb',
    'Corbeille',
    'Papelera',
    'Cestino',
    'Lixeira',
    'Lixo',
    'Prullenbak',
    'Kosz',
    'Koš',
    'Papperskorgen',
    'Çöp Kutusu',
    'ゴミ箱',
    '已删除邮件',
    '垃圾桶',
    '휴지통',
  ],
  spam: [
    'Spam',
    'Спам',
    'Correo no deseado',
    'Junk',
    'Skräppost',
    '迷惑メール',
    '垃圾邮件',
    '垃圾郵件',
    '스팸함',
  ],
  archived: [
    'Archived',
    'Архив',
    'Архивированные',
    'Архівовані',
    'Archiviert',
    'Archivé',
    'Archivado',
    'Archiviati',
    'Arquivados',
    'Gearchiveerd',
    'Zarchiwizowane',
    'アーカイブ済み',
    '已归档',
    '已封存',
    '보관됨',
  ],
  unread: [
    'Unread',
    'Непрочитанные',
    'Непрочитані',
    'Ungelesen',
    'Non lus',
    'No leídos',
    'Da leggere',
    'Não lidas',
    'Ongelezen',
    'Nieprzeczytane',
    'Nepřečtené',
    'Oläst',
    'Okunmadı',
    '未読',
    '未读',
    '未讀',
    '읽지않음',
  ],
  starred: [
    'Starred',
    'Помеченные',
    'Із зірочкою',
    'Markiert',
    'Suivis',
    'Destacados',
    'Speciali',
    'Com estrela',
    'Met ster',
    'Oznaczone gwiazdką',
    'S hvězdičkou',
    'Stjärnmärkt',
    'Yıldızlı',
    'スター付き',
    '已加星标',
    '已加星號',
    '별표편지함',
  ],
  other: [
    'Opened',
    'Important',
    'Chat',
    'Открытые',
    'Прочитанные',
    'Важное',
    'Чат',
    'Чаты',
    'Прочитані',
    'Важливо',
    'Geöffnet',
    'Wichtig',
    'Ouvert',
    'Important',
    'Abiertos',
    'Importante',
    'Importantes',
    'Aperti',
    'Abertas',
    'Geopend',
    'Belangrijk',
    'Otwarte',
    'Ważne',
    'Otevřené',
    'Důležité',
    '既読',
    '重要',
    '已打开',
    '已開啟',
  ],
};

const meanings: ReadonlyMap<string, SystemLabel> = new Map(
  Object.entries(systemLabels).flatMap(([meaning, labels]) =>
    labels.map((label) => [label.toLowerCase(), meaning as SystemLabel]),
  ),
);

/** Categories that the server sorts mail into by itself. */
const category =
  /^(?:category|kategorie|категория|категорія|catégorie|categoría|categoria|categorie|kategoria|kategori) /i;

/** Where a message lies, from the surest label to the weakest. */
const places: readonly { readonly label: SystemLabel; readonly name: string; readonly role: FolderRole }[] = [
  { label: 'trash', name: 'Trash', role: 'trash' },
  { label: 'spam', name: 'Junk', role: 'junk' },
  { label: 'drafts', name: 'Drafts', role: 'drafts' },
  { label: 'sent', name: 'Sent', role: 'sent' },
  { label: 'inbox', name: 'Inbox', role: 'inbox' },
];
const archive = { name: 'Archive', role: 'archive' } as const;

/** Labels of a header: encoded words are decoded before the list is split, for they may hold commas. */
export function gmailLabels(header: string): string[] {
  const text = decodeHeaderText(header.replace(/\?=\s+=\?/g, '?==?'), null, noContext);
  const labels: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|([^,]+))\s*(?:,|$)/g)) {
    const label = (quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1')).trim();
    if (label !== '') labels.push(label.normalize('NFC'));
  }
  return labels;
}

/** The folder and the marks that labels say. Labels of the person become tags. */
export function gmailPlace(header: string): { name: string; role: FolderRole; marks: ForeignMarks } {
  const labels = gmailLabels(header);
  const found = new Set(labels.flatMap((label) => meanings.get(label.toLowerCase()) ?? []));
  const { name, role } = places.find(({ label }) => found.has(label)) ?? archive;
  const tags = labels.filter((label) => !meanings.has(label.toLowerCase()) && !category.test(label));
  return {
    name,
    role,
    marks: {
      isRead: !found.has('unread'),
      isStarred: found.has('starred'),
      isReplied: false,
      isForwarded: false,
      tags,
    },
  };
}
