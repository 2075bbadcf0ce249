import type { Language } from '../../shared/language.ts';
import type { Preferences } from '../../shared/preferences.ts';
import type { NewMail } from '../engine/protocol.ts';
import { textOf } from './texts.ts';

/** Senders named when several messages have come. */
const mostNamed = 3;

/** Whether nothing is to be announced at this hour; a span may pass midnight. */
export function isQuiet(quietHours: Preferences['quietHours'], hour: number): boolean {
  if (quietHours === null || quietHours.from === quietHours.to) return false;
  const { from, to } = quietHours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** What can be done from a notification of so many messages, none of them unnamed; several are not deleted unseen. */
export function notificationActions(messages: number): readonly ('mark-read' | 'delete-on-server')[] {
  if (messages === 0) return [];
  return messages === 1 ? ['mark-read', 'delete-on-server'] : ['mark-read'];
}

/** What a notification says: one message by itself, several as a number. All of it is plain text. */
export function notificationText(mail: NewMail, language: Language): { title: string; body: string } {
  const [first] = mail.messages;
  if (mail.total === 1 && first !== undefined)
    return {
      title: first.from,
      body: first.preview === '' ? first.subject : `${first.subject}\n${first.preview}`,
    };
  const names = [...new Set(mail.messages.map((message) => message.from))].slice(0, mostNamed);
  return { title: textOf(language, 'newMail', { count: mail.total }), body: names.join(', ') };
}
