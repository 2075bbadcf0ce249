import { expect, test } from 'vitest';
import { languages } from '../../shared/language.ts';
import { violations } from '../support/axe.ts';
import { choose } from '../support/choose.ts';
import { shoot } from '../support/shots.ts';
import { openPage, readRow, resize } from './open-page.ts';

const sizes = { small: [1024, 640], usual: [1280, 800], large: [1600, 1000] } as const;

for (const theme of ['light', 'dark'] as const)
  for (const language of languages)
    test(`axe finds nothing in ${theme}, ${language}, at three sizes and at twice the text`, async () => {
      await using poppy = await openPage();
      const { window } = poppy;
      await readRow(window, 0);
      await choose(poppy, { theme, language });
      await window.locator(`html[lang=${language}][data-theme=${theme}]`).waitFor();
      const found: Record<string, readonly string[]> = {};
      for (const [name, [width, height]] of Object.entries(sizes)) {
        await resize(poppy, width, height);
        await choose(poppy, { listStyle: name === 'large' ? 'table' : 'cards' });
        found[`mail ${name}`] = await violations(window);
        await shoot(window, `mail-${theme}-${language}-${name}`);
      }
      await choose(poppy, { textScale: 2 });
      found['twice the text'] = await violations(window);
      await shoot(window, `mail-${theme}-${language}-200`);
      await choose(poppy, { textScale: 1 });
      await window.keyboard.press('Control+,');
      for (const tab of await window.getByRole('tab').all()) {
        await tab.click();
        found[`settings ${await tab.textContent()}`] = await violations(window);
      }
      await shoot(window, `settings-${theme}-${language}`);
      await window
        .locator('.place', { hasText: /On the server|На сервере/ })
        .first()
        .click();
      await window.locator('.server-rows .row').first().waitFor();
      found.server = await violations(window);
      await shoot(window, `server-${theme}-${language}`);
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    });
