import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { messageRows, readMessage } from '../support/mail-list.ts';
import { openPoppy } from './poppy-window.ts';
import { takeSample } from './sample.ts';

/* What a screen reader meets in the real windows; test/page looks at every sheet, size and theme. */

test('both windows are as axe wants them, and a row says its sender, subject, date, state, attachment and size', async () => {
  await using poppy = await openPoppy();
  const { window } = poppy;
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await takeSample(window);

  const facts = async (subject: string) => {
    const row = messageRows(window).filter({ hasText: subject });
    return [await row.getAttribute('aria-label'), await row.locator('.card-date').textContent()] as const;
  };
  // A row learns of its attachments when the message has been parsed, which may be after it is listed.
  await window.getByRole('row', { name: /Tea on the roof.*1 attachment/ }).waitFor();
  const [unread, unreadDate] = await facts('Invitation: Tea on the roof');
  const [thread, threadDate] = await facts('Forecast: sun, then fog');
  expect([unread, thread]).toEqual([
    `Unread, Mei Tanaka, Invitation: Tea on the roof, ${unreadDate}, 1 attachment, 2.5 kB`,
    `Unread, Jonas Lind, Re: The hut, first weekend of the month?, ${threadDate}, 0.9 kB, 6 messages in this conversation`,
  ]);

  await readMessage(window, 'A recording of the bells (5 MB, worth the wait)');
  const opening = poppy.app.waitForEvent('window');
  await window.keyboard.press('Enter');
  const own = await opening;
  await own.getByRole('heading', { name: /A recording of the bells/ }).waitFor();
  expect([await violations(window), await violations(own)]).toEqual([[], []]);
});
