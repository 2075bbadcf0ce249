import type { Locator, Page } from 'playwright';

/** The rows of the list of messages, each named with its facts: sender, subject, date, size. */
export function messageRows(window: Page): Locator {
  return window.getByRole('grid', { name: 'Messages', exact: true }).locator('[role=row][aria-selected]');
}

/** The subjects of the rows in sight, in alphabetical order. */
export async function subjects(window: Page): Promise<readonly string[]> {
  return (await messageRows(window).locator('.card-subject').allInnerTexts()).sort();
}

/** Shows a message in the reading pane and returns the text of its body. */
export async function readMessage(window: Page, subject: string): Promise<string> {
  await messageRows(window).filter({ hasText: subject }).click();
  const frame = window.frameLocator(`iframe[title$="${subject}"]`);
  await frame.locator('body').waitFor();
  return ((await frame.locator('body').textContent()) ?? '').trim();
}

/** Presses the toolbar's Get mail; an empty list has a button of that name too. */
export async function getMail(window: Page): Promise<void> {
  await window
    .getByRole('toolbar', { name: 'Toolbar' })
    .getByRole('button', { name: 'Get mail', exact: true })
    .click();
}

/** Waits until the bottom line tells how a check went, in these words; what is read out aloud follows seconds later. */
export async function statusSays(window: Page, words: RegExp): Promise<void> {
  await window.locator('.status-sentence', { hasText: words }).waitFor({ timeout: 60_000 });
}

/** Goes to a place in the left pane, of the first account that has it. */
export async function goTo(window: Page, place: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Places' })
    .getByRole('button', { name: place })
    .first()
    .click();
}
