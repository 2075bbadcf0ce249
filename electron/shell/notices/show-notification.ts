import { join } from 'node:path';
import { app, Notification } from 'electron';
import type { MessageId } from '../../../shared/ids.ts';
import type { Language } from '../../../shared/language.ts';
import type { Preferences } from '../../../shared/preferences.ts';
import type { NewMail } from '../../engine/protocol.ts';
import { textOf } from '../texts.ts';
import { bodyReading, bodyText } from './notification-markup.ts';
import { isQuiet, notificationActions, notificationText } from './notifications.ts';

/** Notifications that can still be clicked. They must be held: one that is garbage-collected loses its click. */
const shown = new Set<Notification>();

const iconPath = join(import.meta.dirname, '../../icons/256.png');

/** What a person chose in a notification, and for which messages. No messages are named where there were too many. */
export type NotificationAnswer = {
  readonly kind: 'open' | 'mark-read' | 'delete-on-server';
  readonly ids: readonly MessageId[];
};

const actionTexts = { 'mark-read': 'markRead', 'delete-on-server': 'deleteOnServer' } as const;

/**
 * Tells of new mail unless the person wants quiet. A click opens a single message, or shows the list of several. macOS
 * has buttons in notifications: there a person can act on one message, or mark a few as read.
 */
export async function notify(
  mail: NewMail,
  preferences: Preferences,
  language: Language,
  answer: (answer: NotificationAnswer) => void,
): Promise<void> {
  if (!preferences.notifies || isQuiet(preferences.quietHours, new Date().getHours())) return;
  if (!Notification.isSupported()) return;
  const ids = mail.total === mail.messages.length ? mail.messages.map(({ id }) => id) : [];
  const kinds = notificationActions(ids.length);
  const { title, body } = notificationText(mail, language);
  const notification = new Notification({
    title,
    body: bodyText(body, await bodyReading()),
    icon: iconPath,
    actions: kinds.map((kind) => ({ type: 'button', text: textOf(language, actionTexts[kind]) })),
  });
  shown.add(notification);
  notification.on('click', () => {
    shown.delete(notification);
    answer({ kind: 'open', ids });
  });
  notification.on('action', (details: object, index: number) => {
    const kind = kinds[pressedAction(details, index)];
    shown.delete(notification);
    if (kind !== undefined) answer({ kind, ids });
  });
  notification.on('close', () => shown.delete(notification));
  notification.show();
}

/**
 * Which button was pressed. Electron 45 puts the index into the details and drops the argument. Electron 33 has the
 * argument only.
 */
function pressedAction(details: object, index: number): number {
  return 'actionIndex' in details && typeof details.actionIndex === 'number' ? details.actionIndex : index;
}

/** Shows the number of unread messages where the system has a place for it. */
export function showUnread(unread: number): void {
  app.setBadgeCount(unread);
}
