import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../shared/language.ts';

const english = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  message: 'Message',
  help: 'Help',
  getMail: 'Get mail',
  addAccount: 'Add mailbox…',
  moveIn: 'Import mail…',
  settings: 'Settings…',
  quit: 'Quit Poppy',
  close: 'Close window',
  undo: 'Undo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  search: 'Search',
  zoomIn: 'Larger text',
  zoomOut: 'Smaller text',
  zoomReset: 'Normal text size',
  fullScreen: 'Full screen',
  archive: 'Archive',
  star: 'Star',
  trash: 'Move to Trash',
  print: 'Print…',
  save: 'Save as…',
  source: 'Show source',
  keys: 'Keyboard shortcuts',
  show: 'Open Poppy',
  markRead: 'Mark as read',
  deleteOnServer: 'Delete here and on the server',
  newMail: '{count, plural, one {# new message} other {# new messages}}',
  unread: '{count, plural, one {# unread message} other {# unread messages}}',
  secondCopy: 'Poppy is already running with this mail folder.',
  startAgain: 'Start again',
  details: 'Details',
  cannotStart: 'Poppy cannot open its mail folder',
  cannotStartFull: 'The disk is full. Nothing was lost; free some space and start Poppy again.',
  cannotStartReadOnly:
    'The folder {folder} cannot be written to. Check its permissions and start Poppy again.',
  cannotStartNewer:
    'A newer Poppy has written the mail in {folder}. Nothing was changed. Install the newer Poppy again.',
  cannotStartOther: 'The folder {folder} could not be opened ({reason}). Your mail files were not changed.',
  noSandbox: 'Poppy does not run without its protection',
  noSandboxMeaning:
    'The switch {name} takes away a part of what keeps hostile messages and other programs from your files and your mail. Start Poppy without it. Your mail is untouched.',
  opening: 'Opening your mail',
  openingMeaning:
    'This takes longer than usual: Poppy is putting its mail folder in order. Nothing is lost; the window opens by itself.',
  stopped: 'Poppy had to stop',
  stoppedMeaning:
    'The part of Poppy that keeps your mail has ended. What was stored is safe, and what was being fetched is still on the server. Start Poppy again.',
};

/** Key of one text of the shell. */
export type TextKey = keyof typeof english;

const russian: Record<TextKey, string> = {
  file: 'Файл',
  edit: 'Правка',
  view: 'Вид',
  message: 'Письмо',
  help: 'Справка',
  getMail: 'Получить почту',
  addAccount: 'Добавить ящик…',
  moveIn: 'Импорт почты…',
  settings: 'Настройки…',
  quit: 'Выйти из Poppy',
  close: 'Закрыть окно',
  undo: 'Отменить',
  cut: 'Вырезать',
  copy: 'Копировать',
  paste: 'Вставить',
  selectAll: 'Выделить всё',
  search: 'Поиск',
  zoomIn: 'Крупнее',
  zoomOut: 'Мельче',
  zoomReset: 'Обычный размер',
  fullScreen: 'Во весь экран',
  archive: 'В архив',
  star: 'Отметить звёздочкой',
  trash: 'В корзину',
  print: 'Напечатать…',
  save: 'Сохранить как…',
  source: 'Исходный текст',
  keys: 'Сочетания клавиш',
  show: 'Открыть Poppy',
  markRead: 'Отметить прочитанным',
  deleteOnServer: 'Удалить здесь и на сервере',
  newMail:
    '{count, plural, one {# новое письмо} few {# новых письма} many {# новых писем} other {# нового письма}}',
  unread:
    '{count, plural, one {# непрочитанное письмо} few {# непрочитанных письма} many {# непрочитанных писем} other {# непрочитанного письма}}',
  secondCopy: 'Poppy уже запущен с этой папкой почты.',
  startAgain: 'Запустить снова',
  details: 'Подробности',
  cannotStart: 'Poppy не может открыть папку с почтой',
  cannotStartFull:
    'На диске не осталось места. Ничего не потеряно: освободите место и запустите Poppy снова.',
  cannotStartReadOnly: 'В папку {folder} нельзя писать. Проверьте права доступа и запустите Poppy снова.',
  cannotStartNewer:
    'Почту в папке {folder} записала более новая Poppy. Ничего не изменено. Установите новую версию снова.',
  cannotStartOther: 'Не удалось открыть папку {folder} ({reason}). Файлы с почтой не изменены.',
  noSandbox: 'Poppy не работает без своей защиты',
  noSandboxMeaning:
    'Параметр {name} снимает часть защиты, которая не подпускает опасные письма и чужие программы к вашим файлам и почте. Запустите Poppy без него. Почта не тронута.',
  opening: 'Почта открывается',
  openingMeaning:
    'Это дольше обычного: Poppy приводит в порядок папку с почтой. Ничего не потеряно; окно откроется само.',
  stopped: 'Poppy пришлось остановиться',
  stoppedMeaning:
    'Часть программы, которая хранит почту, завершилась. Всё сохранённое цело, а недополученное осталось на сервере. Запустите Poppy снова.',
};

/** Every text by language. */
export const catalogs: Record<Language, Record<TextKey, string>> = { en: english, ru: russian };

/** One text of the menus, the tray, the notifications and the start-up messages. */
export function textOf(
  language: Language,
  key: TextKey,
  values: Record<string, string | number> = {},
): string {
  return String(new IntlMessageFormat(catalogs[language][key], language).format(values));
}
