import type { Account } from '../../../shared/account.ts';

/** Whether the server lists only a window of its mail. Gmail shows a few hundred messages at a time. */
export function showsWindows(account: Account): boolean {
  return /(^|\.)(gmail|googlemail)\.com$/i.test(account.server.host);
}

/**
 * Whether nothing may be deleted there. Gmail's recent mode shows the last 30 days to every program, so a program that
 * deletes there takes mail from the others.
 */
export function neverDeletes(account: Account): boolean {
  return account.server.user.toLowerCase().startsWith('recent:');
}

/**
 * Whether a message that is not listed has left. Gmail's windows and its recent mode leave out messages that are still
 * there.
 */
export function listsWhole(account: Account): boolean {
  return !showsWindows(account) && !neverDeletes(account);
}
