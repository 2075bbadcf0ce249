import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../shared/language.ts';
import { type TextKey, textOf } from './texts.ts';

/**
 * The menu bar. The window offers everything in it too, so on Linux and Windows it stays hidden until Alt is pressed.
 * Entries for the page are sent to it by name. The page handles the keys, so the menu shows them and does not bind
 * them.
 */
export function menuTemplate(
  language: Language,
  askPage: (command: string) => void,
): MenuItemConstructorOptions[] {
  const say = (key: TextKey) => textOf(language, key);
  const ask = (key: TextKey, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label: say(key),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => askPage(command),
  });
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: say('file'),
      submenu: [
        ask('getMail', 'check', 'F5'),
        ask('addAccount', 'add-account'),
        ask('moveIn', 'move-in'),
        ask('settings', 'settings', 'CmdOrCtrl+,'),
        { type: 'separator' },
        { label: say('close'), role: 'close' },
        { label: say('quit'), role: 'quit' },
      ],
    },
    {
      label: say('edit'),
      submenu: [
        ask('undo', 'undo', 'CmdOrCtrl+Z'),
        { type: 'separator' },
        { label: say('cut'), role: 'cut' },
        { label: say('copy'), role: 'copy' },
        { label: say('paste'), role: 'paste' },
        { label: say('selectAll'), role: 'selectAll', registerAccelerator: false },
        ask('search', 'search', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: say('view'),
      submenu: [
        ask('zoomIn', 'zoom-in', 'CmdOrCtrl+Plus'),
        ask('zoomOut', 'zoom-out', 'CmdOrCtrl+-'),
        ask('zoomReset', 'zoom-reset', 'CmdOrCtrl+0'),
        { label: say('fullScreen'), role: 'togglefullscreen' },
      ],
    },
    {
      label: say('message'),
      submenu: [
        ask('archive', 'archive', 'A'),
        ask('star', 'star', 'S'),
        ask('trash', 'delete', 'Delete'),
        { type: 'separator' },
        ask('print', 'print', 'CmdOrCtrl+P'),
        ask('save', 'save', 'CmdOrCtrl+S'),
        ask('source', 'source', 'CmdOrCtrl+U'),
      ],
    },
    { label: say('help'), submenu: [ask('keys', 'keys')] },
  ];
}
