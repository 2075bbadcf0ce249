import type { Language } from '../../../shared/language.ts';
import type { Preferences } from '../../../shared/preferences.ts';
import type { NewMail } from '../../engine/protocol.ts';
import { textOf } from '../texts.ts';

/** How many senders a notification of several messages names. */
const mostNamed = 3;

/** Whether the person wants no notifications at this hour. The span may pass midnight. */
export function isQuiet(quietHours: Preferences['quietHours'], hour: number): boolean {
  if (quietHours === null || quietHours.from === quietHours.to) return false;
  const { from, to } = quietHours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/**
 * Buttons of a notification that names this many messages. Several messages have no Delete: the person has not seen
 * them.
 */
export function notificationActions(messages: number): readonly ('mark-read' | 'delete-on-server')[] {
  if (messages === 0) return [];
  return messages === 1 ? ['mark-read', 'delete-on-server'] : ['mark-read'];
}

/**
 * The text of a notification, by account. One message is shown by itself, several by their number. All of it is plain
 * text on one line each. `account` is null while there is only one.
 */
export function notificationText(mail: NewMail, language: Language): { title: string; body: string } {
  const [first] = mail.messages;
  const account = mail.account === null ? '' : ` · ${lineOf(mail.account)}`;
  if (mail.total === 1 && first !== undefined) {
    const lines = [first.subject, first.preview].map(lineOf).filter((line) => line !== '');
    return { title: `${lineOf(first.from)}${account}`, body: lines.join('\n') };
  }
  const names = [...new Set(mail.messages.map((message) => lineOf(message.from)))].slice(0, mostNamed);
  return {
    title: `${textOf(language, 'newMail', { count: mail.total })}${account}`,
    body: names.join(', '),
  };
}

/** Longest line of a notification, characters; desktops cut earlier. */
const longestLine = 200;

/** A stranger's words on one line: no breaks, no control characters, nothing that turns the direction of writing. */
function lineOf(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, longestLine);
}
