import type { AccountId } from '../../../shared/ids.ts';
import { runCommand } from '../../bridge/commands.ts';
import type { View } from '../../bridge/places.ts';
import { poppy } from '../../bridge/poppy.ts';
import { showFailure } from '../../bridge/toasts.ts';

/** Gets mail of one account, or of all. */
export function startCheck(accountId: AccountId | null): void {
  void poppy.request('check/start', { accountId }).then((outcome) => {
    // The account's own card says why a check failed; only what could not even begin is said here.
    if (!outcome.ok) showFailure(outcome.failure);
  });
}

/** Stops getting mail. */
export function stopCheck(accountId: AccountId | null): void {
  void poppy.request('check/stop', { accountId });
}

/** Does what the application's menu or the tray asks: a command by name, or `show-settings section`. */
export function runAsked(command: string, choose: (view: View) => void): void {
  const [name, section] = command.split(' ');
  if (name === 'show-settings') choose({ kind: 'settings', section: section ?? 'accounts' });
  else runCommand(name === 'get-mail' ? 'check-all' : command);
}
