import type { CommandName } from '../../bridge/commands.ts';

/** What the sheet tells of the keys, one after the other. */
export const keyGroups = ['mail', 'moving', 'choosing', 'message', 'window'] as const;

type Binding<Command extends string = CommandName> = {
  readonly keys: string;
  readonly command: Command;
  readonly group: (typeof keyGroups)[number];
};

/** The keyboard as the sheet shows it, in its order. */
export const bindings = [
  { keys: 'F5', command: 'check', group: 'mail' },
  { keys: 'Shift+F5', command: 'check-all', group: 'mail' },
  { keys: 'F', command: 'next', group: 'moving' },
  { keys: 'B', command: 'previous', group: 'moving' },
  { keys: 'N', command: 'next-unread', group: 'moving' },
  { keys: 'P', command: 'previous-unread', group: 'moving' },
  { keys: 'Space', command: 'read-on', group: 'moving' },
  { keys: 'Shift+Space', command: 'read-back', group: 'moving' },
  { keys: 'M', command: 'toggle-read', group: 'mail' },
  { keys: 'S', command: 'star', group: 'mail' },
  { keys: 'A', command: 'archive', group: 'mail' },
  { keys: 'V', command: 'move-to', group: 'mail' },
  { keys: 'Delete', command: 'delete', group: 'mail' },
  { keys: 'Shift+Delete', command: 'delete-on-server', group: 'mail' },
  { keys: 'Ctrl+Z', command: 'undo', group: 'mail' },
  { keys: 'Ctrl+K', command: 'search', group: 'window' },
  { keys: 'Ctrl+Shift+K', command: 'filter', group: 'window' },
  { keys: 'F6', command: 'next-pane', group: 'window' },
  { keys: 'Shift+F6', command: 'previous-pane', group: 'window' },
  { keys: 'Ctrl+F', command: 'find', group: 'message' },
  { keys: 'Ctrl+U', command: 'source', group: 'message' },
  { keys: 'Ctrl+S', command: 'save', group: 'message' },
  { keys: 'Ctrl+P', command: 'print', group: 'message' },
  { keys: 'Ctrl+R', command: 'reply', group: 'message' },
  { keys: 'Ctrl+Shift+R', command: 'reply-all', group: 'message' },
  { keys: 'Ctrl+L', command: 'forward', group: 'message' },
  { keys: 'Ctrl++', command: 'zoom-in', group: 'message' },
  { keys: 'Ctrl+-', command: 'zoom-out', group: 'message' },
  { keys: 'Ctrl+0', command: 'zoom-reset', group: 'message' },
  { keys: 'Ctrl+,', command: 'settings', group: 'window' },
  { keys: '?', command: 'keys', group: 'window' },
] as const satisfies readonly Binding[];

/** Keys that the list of messages answers to while it has the focus (`mailbox/list-hands`), and the tags' digits. */
export const listBindings = [
  { keys: '1–9', command: 'tag', group: 'mail' },
  { keys: '↑ ↓', command: 'walk', group: 'moving' },
  { keys: 'Enter', command: 'open-window', group: 'moving' },
  { keys: 'Shift+↑ Shift+↓', command: 'extend', group: 'choosing' },
  { keys: 'Ctrl+Space', command: 'choose-one', group: 'choosing' },
  { keys: 'Ctrl+A', command: 'select-all', group: 'choosing' },
  { keys: 'Shift+F10', command: 'menu', group: 'choosing' },
] as const satisfies readonly Binding<string>[];

/** Tags have the digits, in their order. */
const tagBindings = [
  { keys: '1', command: 'tag-1' },
  { keys: '2', command: 'tag-2' },
  { keys: '3', command: 'tag-3' },
  { keys: '4', command: 'tag-4' },
  { keys: '5', command: 'tag-5' },
  { keys: '6', command: 'tag-6' },
  { keys: '7', command: 'tag-7' },
  { keys: '8', command: 'tag-8' },
  { keys: '9', command: 'tag-9' },
] as const satisfies readonly Omit<Binding, 'group'>[];

const byKeys = new Map<string, CommandName>(
  [...bindings, ...tagBindings].map(({ keys, command }) => [keys, command]),
);

/** Letters by their place on the keyboard, so that shortcuts work in every layout, also the Russian one. */
function letterOf(event: Pick<KeyboardEvent, 'key' | 'code'>, isMac: boolean): string {
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  const place = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (place !== undefined && /\p{L}/u.test(event.key)) return place;
  if (event.key === ' ') return 'Space';
  if (event.key === '=') return '+';
  // Small keyboards of a Mac have no other key to delete with.
  if (isMac && event.key === 'Backspace') return 'Delete';
  return event.key;
}

/** What a key press asks for; null where it is none of the window's. */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  isMac: boolean,
): CommandName | null {
  if (event.altKey || (isMac && event.ctrlKey)) return null;
  const hasControl = isMac ? event.metaKey : event.ctrlKey;
  if (!isMac && event.metaKey) return null;
  const letter = letterOf(event, isMac);
  // Shift is part of a sign such as ? or +, and of nothing else.
  const isSign = letter.length === 1 && !/[\p{L}\p{N}]/u.test(letter);
  const shift = event.shiftKey && !isSign ? 'Shift+' : '';
  return byKeys.get(`${hasControl ? 'Ctrl+' : ''}${shift}${letter}`) ?? null;
}
