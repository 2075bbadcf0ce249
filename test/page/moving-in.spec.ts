import { expect, test } from 'vitest';
import { languages } from '../../shared/language.ts';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

test.each(languages)(
  'mail of another program is found, counted, imported and reported, in %s',
  async (language) => {
    await using poppy = await openPage();
    const { window } = poppy;
    await choose(poppy, { language, theme: language === 'ru' ? 'dark' : 'light' });
    await window.locator(`html[lang=${language}]`).waitFor();
    await window.keyboard.press('Control+,');
    await window.getByRole('tab', { name: /^(Storage|Хранилище)/ }).click();
    await window.getByRole('button', { name: /^(Import mail…|Импорт почты…)$/ }).click();
    const dialog = window.getByRole('dialog', { name: /^(Import mail|Импорт почты)$/ });
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string) => {
      await shoot(window, `moving-in-${name}-${language}`);
      found[name] = await violations(window);
    };
    await dialog.getByText('/home/olga/.thunderbird').waitFor();
    await look('choose');
    await dialog.getByText('/home/olga/.thunderbird').click();
    await dialog.getByRole('cell', { name: 'Archive of the old computer' }).waitFor();
    await look('plan');
    await dialog.getByRole('button', { name: /48[\s,.\u00a0]?161/ }).click();
    await dialog.getByText(/messages came in|Пришло/).waitFor();
    await look('report');
    await dialog
      .getByRole('button', { name: /^(Close|Закрыть)$/ })
      .last()
      .click();
    await expect.poll(() => dialog.count()).toBe(0);
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
  },
);

test('the first screen offers to bring mail from another program, and shows it without any account', async () => {
  await using poppy = await openPage({ isFresh: true });
  const { window } = poppy;
  await window.getByRole('button', { name: 'Bring mail from another program' }).click();
  await window.getByText('Thunderbird is on this computer').click();
  await window.getByRole('button', { name: /^Import / }).click();
  await window.getByText(/messages came in/).waitFor();
  await window.getByRole('button', { name: 'Close', exact: true }).last().click();
  await window.getByRole('navigation', { name: 'Places' }).waitFor();
});
