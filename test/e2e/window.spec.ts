import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { choose } from '../support/choose.ts';
import { goTo, messageRows, readMessage } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { resize } from './dress.ts';
import { press } from './keys.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { countInInbox, countOf, takeSample } from './sample.ts';

const patient = { timeout: 20_000, interval: 50 };

/* One window for all of it, with the sample mailbox: each test begins with a new page of the inbox. */

let poppy: PoppyWindow;
let window: Page;

beforeAll(async () => {
  poppy = await openPoppy();
  window = poppy.window;
  await takeSample(window);
});

afterAll(() => poppy?.close());

beforeEach(async () => {
  await choose(poppy, { theme: 'light', language: 'en', listStyle: 'cards', textScale: 1 });
  // A new page knows nothing of the search, the filter and the undoing of the test before.
  await window.reload();
  await goTo(window, 'Inbox');
  await messageRows(window).nth(5).waitFor();
});

const focusedRow = () => messageRows(window).and(window.locator('.is-focused'));

describe('keyboard', () => {
  test('goes through the mail, sorts it away and takes that back', async () => {
    const all = await countOf(window);
    await messageRows(window).first().click();
    await window.keyboard.press('f');
    await expect.poll(() => focusedRow().getAttribute('aria-rowindex'), patient).toBe('2');
    const subject = await focusedRow().locator('.card-subject').textContent();
    await window.keyboard.press('s');
    await expect.poll(() => focusedRow().getAttribute('aria-label'), patient).toContain('starred');
    await window.keyboard.press('a');
    await expect.poll(() => countOf(window), patient).toBe(all - 1);
    await window.keyboard.press('Delete');
    await expect.poll(() => countOf(window), patient).toBe(all - 2);
    await window.keyboard.press('Control+z');
    await expect.poll(() => countOf(window), patient).toBe(all - 1);
    await window.keyboard.press('Control+z');
    await expect.poll(() => countOf(window), patient).toBe(all);
    await goTo(window, 'Starred');
    await expect
      .poll(() => messageRows(window).locator('.card-subject').allTextContents(), patient)
      .toContain(subject);
  });

  test('F6 goes round the panes, ? shows the keys, Ctrl+K searches', async () => {
    await messageRows(window).first().click();
    await window.locator('iframe.body-frame').waitFor();
    const paneInFocus = () =>
      window.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
    const ring: unknown[] = [];
    for (let step = 0; step < 5; step += 1) {
      ring.push(await paneInFocus());
      await window.keyboard.press('F6');
    }
    expect(ring).toEqual(['list', 'reading', 'status', 'toolbar', 'places']);
    await window.keyboard.press('?');
    await window.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await window.keyboard.press('Escape');
    await window.keyboard.press('Control+k');
    await window.keyboard.type('tickets');
    await window.getByRole('heading', { name: 'Found' }).waitFor();
    await expect.poll(() => countOf(window), patient).toBeGreaterThan(0);
    await window.keyboard.press('Escape');
    await window.getByRole('heading', { name: 'Inbox' }).waitFor();
  });

  test('is heard while a message has the focus', async () => {
    await messageRows(window).first().click();
    await window.frameLocator('iframe').locator('body').click();
    await press(poppy, 'f');
    await expect.poll(() => focusedRow().getAttribute('aria-rowindex'), patient).toBe('2');
    await window.getByRole('searchbox', { name: 'Search' }).click();
    await press(poppy, 'f');
    await expect
      .poll(() => window.getByRole('searchbox', { name: 'Search' }).inputValue(), patient)
      .toBe('f');
  });

  test('leaves mail alone that is out of sight', async () => {
    const all = await countOf(window);
    await messageRows(window).first().click();
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: 'Privacy' }).click();
    await window.keyboard.press('Delete');
    await window.keyboard.press('a');
    await goTo(window, 'Inbox');
    await expect.poll(() => countOf(window), patient).toBe(all);
    expect(await countInInbox(window)).toBe(all);
  });

  test('chooses everything and deletes it at once', async () => {
    const all = await countOf(window);
    await messageRows(window).first().click();
    await window.keyboard.press('Control+a');
    await window.getByText(`${all} messages selected`).waitFor();
    await window.keyboard.press('Delete');
    await window.getByText('All done').waitFor();
    await window.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => countOf(window), patient).toBe(all);
  });
});

test('a message that was left opens again by a click, where there is room for one pane only', async () => {
  const subject = 'Three pictures from the same rock';
  await resize(poppy, 1024, 640);
  await choose(poppy, { textScale: 2 });
  await window.locator('.window.room-one').waitFor();
  await readMessage(window, subject);
  await window.getByRole('button', { name: 'Back' }).click();
  await readMessage(window, subject);
});

describe('sorting mail', () => {
  test('drags a message to a place, tags it by key, filters and keeps a search', async () => {
    const all = await countOf(window);
    const archive = window.locator('.place', { hasText: 'Archive' });
    await messageRows(window).first().dragTo(archive);
    await expect.poll(() => countOf(window), patient).toBe(all - 1);
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: 'Tags and searches' }).click();
    await window.getByLabel('New tag').fill('Mountains');
    await window.getByRole('button', { name: 'Add tag' }).click();
    await window.locator('.place', { hasText: 'Mountains' }).waitFor();
    await goTo(window, 'Inbox');
    await readMessage(window, 'Three pictures from the same rock');
    await window.keyboard.press('1');
    await goTo(window, 'Mountains');
    await expect.poll(() => countOf(window), patient).toBe(1);
    await goTo(window, 'Inbox');
    await window.getByRole('button', { name: 'Attachment', exact: true }).click();
    await expect.poll(() => countOf(window), patient).toBeLessThan(all / 2);
    await window.getByRole('searchbox', { name: 'Search' }).fill('has:attachment');
    await window.getByRole('heading', { name: 'Found' }).waitFor();
    await window.getByRole('button', { name: 'Keep this search' }).click();
    await window.getByRole('navigation', { name: 'Places' }).getByText('has:attachment').waitFor();
  });

  test('tries a rule before it is kept', async () => {
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: 'Rules' }).click();
    await window.getByRole('button', { name: 'Add rule' }).click();
    await window.getByLabel('Contains').fill('coast-railways');
    await window.getByRole('button', { name: 'Dry run' }).click();
    await window.getByText(/Would have matched \d+ message/).waitFor();
    await shoot(window, 'rule');
    await window.getByRole('button', { name: 'Save' }).click();
    await window.getByRole('switch', { name: /New rule/ }).waitFor();
  });
});

describe('the mailbox on the server', () => {
  test('is planned, taken back, and talked to by hand', async () => {
    await goTo(window, 'On the server');
    const rows = window.getByRole('grid', { name: 'Messages on the server' });
    await rows
      .getByRole('row', { name: /stored here/ })
      .first()
      .click();
    await window.getByRole('button', { name: 'Mark for deletion' }).click();
    await window.getByText(/delete 1, frees/).waitFor();
    await shoot(window, 'server-plan');
    await window.getByRole('button', { name: 'Undo all' }).click();
    await window.getByText('Nothing is planned').waitFor();
    await window.getByRole('button', { name: 'Protocol log' }).click();
    await window.getByRole('textbox', { name: 'Command to the server' }).fill('DELE 1');
    await window.getByText('Only commands that can be taken back').waitFor();
    await window.getByRole('textbox', { name: 'Command to the server' }).fill('STAT');
    await window.keyboard.press('Enter');
    await expect
      .poll(() => window.locator('.protocol-server .protocol-text').last().textContent(), patient)
      .toMatch(/^\+OK \d+ \d+/);
    await shoot(window, 'server-log');
  });
});
