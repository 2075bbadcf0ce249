import type { CommandName } from '../bridge/commands.ts';

type Binding = { readonly keys: string; readonly command: CommandName };

/** The keyboard as the sheet shows it, in its order. */
export const bindings = [
  { keys: 'F5', command: 'check' },
  { keys: 'Shift+F5', command: 'check-all' },
  { keys: 'F', command: 'next' },
  { keys: 'B', command: 'previous' },
  { keys: 'N', command: 'next-unread' },
  { keys: 'P', command: 'previous-unread' },
  { keys: 'Space', command: 'read-on' },
  { keys: 'Shift+Space', command: 'read-back' },
  { keys: 'M', command: 'toggle-read' },
  { keys: 'S', command: 'star' },
  { keys: 'A', command: 'archive' },
  { keys: 'Delete', command: 'delete' },
  { keys: 'Shift+Delete', command: 'delete-on-server' },
  { keys: 'Ctrl+Z', command: 'undo' },
  { keys: 'Ctrl+K', command: 'search' },
  { keys: 'Ctrl+Shift+K', command: 'filter' },
  { keys: 'F6', command: 'next-pane' },
  { keys: 'Shift+F6', command: 'previous-pane' },
  { keys: 'Ctrl+F', command: 'find' },
  { keys: 'Ctrl+U', command: 'source' },
  { keys: 'Ctrl+S', command: 'save' },
  { keys: 'Ctrl+P', command: 'print' },
  { keys: 'Ctrl+R', command: 'reply' },
  { keys: 'Ctrl+Shift+R', command: 'reply-all' },
  { keys: 'Ctrl+L', command: 'forward' },
  { keys: 'Ctrl++', command: 'zoom-in' },
  { keys: 'Ctrl+-', command: 'zoom-out' },
  { keys: 'Ctrl+0', command: 'zoom-reset' },
  { keys: 'Ctrl+,', command: 'settings' },
  { keys: '?', command: 'keys' },
] as const satisfies readonly Binding[];

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
] as const satisfies readonly Binding[];

const byKeys = new Map<string, CommandName>(
  [...bindings, ...tagBindings].map(({ keys, command }) => [keys, command]),
);

/** Letters by their place on the keyboard, so that shortcuts work in every layout, also the Russian one. */
function letterOf(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z]$/i.test(event.key)) return event.key.toUpperCase();
  const place = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (place !== undefined && /\p{L}/u.test(event.key)) return place;
  if (event.key === ' ') return 'Space';
  if (event.key === '=') return '+';
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
  const letter = letterOf(event);
  // Shift is part of a sign such as ? or +, and of nothing else.
  const isSign = letter.length === 1 && !/[\p{L}\p{N}]/u.test(letter);
  const shift = event.shiftKey && !isSign ? 'Shift+' : '';
  return byKeys.get(`${hasControl ? 'Ctrl+' : ''}${shift}${letter}`) ?? null;
}
