import { useEffect } from 'react';
import { type CommandName, runCommand } from '../../bridge/commands.ts';
import { poppy } from '../../bridge/poppy.ts';
import { commandOf } from './keyboard.ts';

/** Whether the keys are meant for a field or a menu, not for the window. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target.closest('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null
  )
    return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.getAttribute('role') === 'listbox';
}

const isReading = (command: CommandName) => command === 'read-on' || command === 'read-back';

/** Runs the window's commands by key. */
export function useKeyboard(): void {
  useEffect(() => {
    const isMac = navigator.platform.startsWith('Mac');
    const press = (event: KeyboardEvent) => {
      // While a message has the focus its keys are told by the program, below; never twice.
      if (event.defaultPrevented || document.activeElement instanceof HTMLIFrameElement) return;
      const command = commandOf(event, isMac);
      if (command === null) return;
      const isPlain = !event.ctrlKey && !event.metaKey && !/^F\d+$/.test(event.key);
      if (isTyping(event.target) && (isPlain || command === 'undo')) return;
      // A button is pressed by Space; the message is read on by it everywhere else.
      if (isReading(command) && event.target instanceof HTMLElement && event.target.closest('button,summary'))
        return;
      // A key held down must not run through the mail that nobody has read.
      if (isReading(command) && event.repeat) event.preventDefault();
      else if (runCommand(command)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    const stop = poppy.on('key/pressed', (event) => {
      // The program tells of every key; those pressed in the page itself were heard above.
      if (!(document.activeElement instanceof HTMLIFrameElement)) return;
      const command = commandOf(event, isMac);
      if (command !== null && !(isReading(command) && event.repeat)) runCommand(command);
    });
    return () => {
      window.removeEventListener('keydown', press);
      stop();
    };
  }, []);
}
