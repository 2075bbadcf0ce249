import { app, Notification } from 'electron';
import type { MessageId } from '../../shared/model.ts';
import type { Preferences } from '../../shared/preferences.ts';
import type { Announcement } from '../engine/protocol.ts';
import { isQuiet, wordAnnouncement } from './announcement-words.ts';
import type { Language } from './words.ts';

/** Notifications that can still be clicked: one that is not held is collected, and its click goes nowhere. */
const shown = new Set<Notification>();

/** Tells of new mail unless the person wants quiet; a click opens the one message, or shows the list of several. */
export function announce(
  announcement: Announcement,
  preferences: Preferences,
  language: Language,
  open: (id: MessageId | null) => void,
): void {
  if (!preferences.notifies || isQuiet(preferences.quietHours, new Date().getHours())) return;
  if (!Notification.isSupported()) return;
  const notification = new Notification(wordAnnouncement(announcement, language));
  const [first] = announcement.messages;
  shown.add(notification);
  notification.on('click', () => {
    shown.delete(notification);
    open(announcement.total === 1 && first !== undefined ? first.id : null);
  });
  notification.on('close', () => shown.delete(notification));
  notification.show();
}

/** Shows the number of unread messages where the system has a place for it. */
export function showUnread(unread: number): void {
  app.setBadgeCount(unread);
}
