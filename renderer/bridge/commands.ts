import { useEffect, useRef } from 'react';

/** Every command that a key, a button, the application's menu or the tray can give to the window. */
export const commandNames = [
  'check',
  'check-all',
  'next',
  'previous',
  'next-unread',
  'previous-unread',
  'toggle-read',
  'star',
  'archive',
  'delete',
  'delete-on-server',
  'move-to-inbox',
  'move-to',
  'new-tag',
  'undo',
  'search',
  'leave-search',
  'filter',
  'find',
  'next-pane',
  'previous-pane',
  'read-on',
  'read-back',
  'read-next',
  'source',
  'headers',
  'save',
  'print',
  'open-window',
  'tag',
  'tag-1',
  'tag-2',
  'tag-3',
  'tag-4',
  'tag-5',
  'tag-6',
  'tag-7',
  'tag-8',
  'tag-9',
  'keys',
  'settings',
  'check-settings',
  'settings-tags',
  'add-account',
  'move-in',
  'reply',
  'reply-all',
  'forward',
  'zoom-in',
  'zoom-out',
  'zoom-reset',
  'select-all',
  'back',
] as const;

/** Name of a command. */
export type CommandName = (typeof commandNames)[number];

const handlers = new Map<string, (() => void)[]>();

/** Runs a command. False when nothing on screen answers to it. */
export function runCommand(name: string): boolean {
  const stack = handlers.get(name);
  const handler = stack?.[stack.length - 1];
  if (handler === undefined) return false;
  handler();
  return true;
}

function register(name: CommandName, run: () => void): () => void {
  const stack = handlers.get(name) ?? [];
  handlers.set(name, stack);
  stack.push(run);
  return () => {
    stack.splice(stack.indexOf(run), 1);
  };
}

/** Answers to several commands. The handler gets the command's place in the list, so the list must stay the same. */
export function useCommands(names: readonly CommandName[], handler: (at: number) => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const stops = names.map((name, at) => register(name, () => latest.current(at)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [names]);
}

/** Answers to a command while the component is shown. The component shown last wins. */
export function useCommand(name: CommandName, handler: () => void, isOn = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    return register(name, () => latest.current());
  }, [name, isOn]);
}
