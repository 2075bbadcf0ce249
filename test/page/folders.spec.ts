import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { messageRows } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPage, readRow, resize } from './open-page.ts';

const patient = { timeout: 20_000, interval: 50 };
const places = (window: Page) => window.getByRole('navigation', { name: 'Places' });
/** A folder's place; its unread messages are part of its name. */
const folder = (window: Page, name: string) =>
  places(window).getByRole('button', { name: new RegExp(`^${name}(?= |\\d|$)`) });
const total = async (window: Page) => (await window.locator('.pane-facts').textContent()) ?? '';

/** Presses a line of a folder's menu. */
async function pick(window: Page, name: string, line: string): Promise<void> {
  await folder(window, name).click({ button: 'right' });
  await window.getByRole('menuitem', { name: line }).click();
}

test('folders are made, named, moved, folded away, favoured and deleted with undo, by menus and keys', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await folder(window, 'Projects').waitFor();

  await pick(window, 'Projects', 'New folder inside…');
  const name = window.getByRole('textbox', { name: 'Name' });
  await name.press('Enter');
  await window.getByText('Type a name.').waitFor();
  await name.fill('Garden');
  await shoot(window, 'folder-name');
  expect(await violations(window)).toEqual([]);
  await name.press('Enter');
  await folder(window, 'Garden').waitFor();

  await folder(window, 'Garden').focus();
  await window.keyboard.press('F2');
  await name.fill('Orchard');
  await name.press('Enter');
  await folder(window, 'Orchard').waitFor();

  await folder(window, 'Projects').focus();
  await window.keyboard.press('ArrowLeft');
  await expect.poll(() => folder(window, 'Orchard').count(), patient).toBe(0);
  await window.keyboard.press('ArrowRight');
  await folder(window, 'Orchard').waitFor();

  await pick(window, 'Orchard', 'Move to…');
  await window.keyboard.type('2019');
  await shoot(window, 'folder-move');
  expect(await violations(window)).toEqual([]);
  await window.keyboard.press('Enter');
  await folder(window, 'Projects').focus();
  await expect
    .poll(() => places(window).getByRole('button', { name: 'Folders in Projects' }).count())
    .toBe(0);

  await pick(window, 'Orchard', 'Add to favourites');
  await window.getByRole('region', { name: 'Favourites' }).waitFor();
  await shoot(window, 'folders-1024');
  expect(await violations(window)).toEqual([]);

  await folder(window, 'Projects').focus();
  await window.keyboard.press('Delete');
  await window.getByRole('button', { name: 'Delete folder' }).click();
  await expect.poll(() => folder(window, 'Projects').count(), patient).toBe(0);
  await window.getByRole('button', { name: 'Undo' }).first().waitFor();
});

test('V moves the chosen messages to a folder that is found by typing, or made on the way', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await readRow(window, 0);
  const before = await total(window);
  await window.keyboard.press('v');
  await window.getByRole('dialog', { name: 'Move to…' }).waitFor();
  await window.keyboard.type('proj');
  await expect.poll(() => window.getByRole('menuitem').first().textContent(), patient).toBe('Projects');
  await shoot(window, 'move-to');
  expect(await violations(window)).toEqual([]);
  await window.keyboard.press('Enter');
  await expect.poll(() => total(window), patient).not.toBe(before);
  await folder(window, 'Projects').click();
  await expect.poll(() => messageRows(window).count(), patient).toBe(1);

  await messageRows(window).first().click();
  await window.keyboard.press('v');
  await window.keyboard.type('Бабушка');
  await window.keyboard.press('Enter');
  await folder(window, 'Бабушка').click();
  await expect.poll(() => messageRows(window).count(), patient).toBe(1);
  // What was used last is offered first.
  await messageRows(window).first().click();
  await window.keyboard.press('v');
  await expect.poll(() => window.getByRole('menuitem').first().textContent(), patient).toBe('Бабушка');
});

test('a message and a folder are dragged onto a folder', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await resize(poppy, 1280, 900);
  await folder(window, 'Projects').scrollIntoViewIfNeeded();
  await messageRows(window).first().dragTo(folder(window, 'Projects'));
  await folder(window, 'Projects').click();
  await expect.poll(() => messageRows(window).count(), patient).toBe(1);
  await folder(window, 'Summer').dragTo(folder(window, 'Projects'));
  await places(window).getByRole('button', { name: 'Folders in Projects' }).waitFor();
  await choose(poppy, { theme: 'dark', language: 'ru' });
  await window.locator('html[lang=ru][data-theme=dark]').waitFor();
  await shoot(window, 'folders-dark-ru');
  expect(await violations(window)).toEqual([]);
});

test('a tag is made where it is needed, also the first one, and lies in the tag that its name names', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await readRow(window, 0);
  await window
    .getByRole('toolbar', { name: 'Toolbar' })
    .getByRole('button', { name: 'Tag', exact: true })
    .click();
  await window.getByRole('menuitem', { name: 'New tag…' }).click();
  const name = window.getByRole('textbox', { name: 'Name' });
  await name.fill('Family');
  await name.press('Enter');
  await window.getByText('There is a tag of that name.').waitFor();
  await name.fill('Family/Letters');
  await name.press('Enter');
  await places(window).getByRole('button', { name: 'Letters', exact: true }).click();
  await expect.poll(() => messageRows(window).count(), patient).toBe(1);
  await shoot(window, 'tags-nested');
  expect(await violations(window)).toEqual([]);
});
