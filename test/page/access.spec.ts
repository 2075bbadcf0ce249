import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Preferences } from '../../shared/preferences.ts';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { lengthen, unreadable } from '../support/layout.ts';
import { goTo, messageRows } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPage, type PoppyPage, readRow, resize } from './open-page.ts';

/* One page for all of it: every sheet and every page is looked at by axe, by keys, and with longer words. */

const patient = { timeout: 20_000, interval: 50 };
let poppy: PoppyPage;
let window: Page;

beforeAll(async () => {
  poppy = await openPage();
  window = poppy.window;
  await window.emulateMedia({ reducedMotion: 'reduce' });
});

beforeEach(async () => {
  await resize(poppy, 1024, 640);
  await poppy.restart();
});

afterAll(() => poppy?.close());

const button = (name: string) => window.getByRole('button', { name, exact: true });
const leave = () => window.keyboard.press('Escape');
const dialog = () => window.getByRole('dialog').or(window.getByRole('alertdialog')).first();
const isClosed = () => dialog().waitFor({ state: 'detached' });

/** Whether nothing gets the focus; what is given it back has it an instant after the rest is gone. */
const isLost = () =>
  window
    .waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 10_000 })
    .then(() => false)
    .catch(() => true);

/** What can lie over the window: how it is opened, and how one knows that it is there. */
const sheets: Readonly<Record<string, () => Promise<void>>> = {
  'sheet of keys': () => window.keyboard.press('?'),
  'history of checks': () => button('History of checks').click(),
  'deleting on the server too': () => window.keyboard.press('Shift+Delete'),
  'message source': () => window.keyboard.press('Control+u'),
};
const menus: Readonly<Record<string, () => Promise<void>>> = {
  'menu of a message': () => window.keyboard.press('Shift+F10'),
  'sorting and look': () => button('Sorting and look').click(),
  'more of a message': () => button('More actions').click(),
  tags: () => button('Tag').click(),
};

describe('what lies over the window', () => {
  test('is as axe wants it, in both themes, and gives the focus back', async () => {
    await readRow(window, 0);
    const found: Record<string, unknown> = {};
    const list = window.getByRole('grid', { name: 'Messages', exact: true });
    const look = async (name: string, open: () => Promise<void>, there: () => Promise<void>) => {
      await list.focus();
      await open();
      await there();
      for (const theme of ['light', 'dark'] as const) {
        await choose(poppy, { theme });
        await window.locator(`html[data-theme=${theme}]`).waitFor();
        found[`${name}, ${theme}`] = await violations(window);
      }
      await leave();
    };
    const lost: string[] = [];
    for (const [name, open] of Object.entries(sheets)) {
      await look(name, open, () => dialog().waitFor());
      await isClosed();
      if (await isLost()) lost.push(name);
    }
    for (const [name, open] of Object.entries(menus)) {
      await look(name, open, () => window.getByRole('menu').waitFor());
      await window.getByRole('menu').waitFor({ state: 'detached' });
      if (await isLost()) lost.push(name);
    }
    const wrong = Object.entries(found).filter(([, list]) => (list as unknown[]).length > 0);
    expect({ wrong, lost }).toEqual({ wrong: [], lost: [] });
  });

  test('is as axe wants it where it belongs to the settings and to the server', async () => {
    const found: Record<string, unknown> = {};
    await window.keyboard.press('Control+,');
    await button('Change').first().click();
    await dialog().waitFor();
    found.mailbox = await violations(window);
    await leave();
    await isClosed();
    await window.getByRole('tab', { name: 'Rules' }).click();
    await button('Add rule').click();
    await dialog().waitFor();
    found.rule = await violations(window);
    await leave();
    await isClosed();
    await goTo(window, 'On the server');
    await window.locator('.server-rows .row').nth(5).click();
    for (const panel of ['Where the space goes', 'Protocol log']) {
      await button(panel).click();
      found[panel] = await violations(window);
    }
    await button('Bin').click();
    await dialog().waitFor();
    found.bin = await violations(window);
    await leave();
    await isClosed();
    await goTo(window, 'Inbox');
    expect(found).toEqual({
      mailbox: [],
      rule: [],
      'Where the space goes': [],
      'Protocol log': [],
      bin: [],
    });
  });
});

describe('the keyboard', () => {
  test('reaches everything in the window by Tab alone', async () => {
    await readRow(window, 0);
    const missed = await unreached();
    expect(missed).toEqual([]);
  });

  test('F6 goes round the panes of the settings and of the server view too', async () => {
    const round = async () => {
      const ring: unknown[] = [];
      for (let step = 0; step < 4; step += 1) {
        await window.keyboard.press('F6');
        ring.push(
          await window.evaluate(() =>
            document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'),
          ),
        );
      }
      return ring.sort();
    };
    const panes = ['list', 'places', 'status', 'toolbar'];
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: 'Privacy' }).waitFor();
    const settings = await round();
    await goTo(window, 'On the server');
    await window.locator('.server-rows .row').nth(5).waitFor();
    const server = await round();
    await goTo(window, 'Inbox');
    expect([settings, server]).toEqual([panes, panes]);
  });

  test('is heard by the list after the row that was clicked has scrolled away', async () => {
    await messageRows(window).first().click();
    await window.locator('.grid-scroller').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect.poll(() => window.locator('#row-0').count(), patient).toBe(0);
    await window.keyboard.press('Home');
    await window.keyboard.press('ArrowDown');
    await window.locator('#row-1.is-focused').waitFor();
  });
});

/** Goes through the window by Tab and tells what of all that can be reached was not. */
async function unreached(): Promise<readonly string[]> {
  await window.evaluate(() => {
    const page = globalThis as unknown as { seen: Set<Element> };
    page.seen = new Set();
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof Element) page.seen.add(target);
    });
    (document.activeElement as HTMLElement | null)?.blur();
  });
  for (let step = 0; step < 90; step += 1) await window.keyboard.press('Tab');
  return window.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: Set<Element> };
    const wanted = [...document.querySelectorAll<HTMLElement>('button,input,iframe,[tabindex="0"]')].filter(
      (element) => element.tabIndex >= 0 && element.checkVisibility() && !element.matches(':disabled'),
    );
    return wanted
      .filter((element) => !seen.has(element) && element.tagName !== 'IFRAME')
      .map((element) => element.ariaLabel ?? element.textContent ?? element.className);
  });
}

test('a screen reader hears of a check by one quiet region', async () => {
  const regions = await window
    .locator('.status-line')
    .evaluate((line) =>
      [...line.querySelectorAll('[aria-live],[role=status],[role=alert],[role=log]')].map((region) => [
        region.getAttribute('role'),
        region.className,
      ]),
    );
  expect(regions).toEqual([['status', 'only-read-out']]);
});

describe('layout', () => {
  /** Goes to a place, also where there is no room for the places beside the rest. */
  const open = async (place: string) => {
    const places = button('Places');
    if (await places.isVisible()) await places.click();
    await goTo(window, place);
  };
  const screens: Readonly<Record<string, () => Promise<void>>> = {
    reading: async () => {
      await open('Inbox');
      await readRow(window, 0);
    },
    'table and several chosen': async () => {
      await choose(poppy, { listStyle: 'table' });
      await messageRows(window).first().click();
      await window.keyboard.press('Shift+ArrowDown');
    },
    server: async () => {
      await choose(poppy, { listStyle: 'cards' });
      await open('On the server');
      await window.locator('.server-rows .row').nth(2).click();
      await button('Mark for deletion').click();
      await window.getByText(/frees/).first().waitFor();
    },
    'sheet of keys': async () => {
      await window.getByRole('grid').first().focus();
      await window.keyboard.press('?');
      await dialog().waitFor();
    },
    ...Object.fromEntries(
      ['Appearance', 'Reading', 'Tags and searches', 'Notifications and start', 'Storage', 'Mailboxes'].map(
        (page) => [
          page,
          async () => {
            await window.keyboard.press('Control+,');
            await window.getByRole('tab', { name: page }).click();
          },
        ],
      ),
    ),
    'mailbox dialog': async () => {
      await window.keyboard.press('Control+,');
      await button('Change').first().click();
      await dialog().waitFor();
    },
  };

  /** Goes to each screen and tells what cannot be read there. */
  async function look(
    how: string,
    preferences: Partial<Preferences>,
    dress: () => Promise<void>,
  ): Promise<readonly [string, readonly string[]][]> {
    const found: [string, readonly string[]][] = [];
    for (const [name, go] of Object.entries(screens)) {
      // Texts that were made longer are not the program's any more: it writes new ones into a new page.
      await poppy.restart(preferences);
      await go();
      await dress();
      found.push([name, [...new Set(await unreadable(window))]]);
      await shoot(window, `layout ${how} ${name}`);
    }
    return found.filter(([, list]) => list.length > 0);
  }

  test('holds with words that are 40 % longer, in the smallest window', async () => {
    expect(await look('longer', {}, () => lengthen(window))).toEqual([]);
  });

  test('holds with text twice the size', async () => {
    expect(await look('twice the size', { textScale: 2 }, async () => undefined)).toEqual([]);
  });
});
