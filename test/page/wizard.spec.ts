import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

test.each(['light', 'dark'] as const)(
  'axe finds nothing in the wizard in the %s theme',
  async (colorScheme) => {
    await using poppy = await openPage({ isFresh: true });
    const { window } = poppy;
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found: Record<string, readonly string[]> = {};
    const look = async (name: string): Promise<void> => {
      await shoot(window, `${name} ${colorScheme}`);
      found[name] = await violations(window);
    };
    await window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
    await look('welcome');
    await window.getByRole('button', { name: 'Add your mailbox' }).click();
    await look('address');
    await window.getByLabel('Email address').fill('anna@example.org');
    await window.getByRole('button', { name: 'Enter settings by hand' }).click();
    await window.getByLabel('User name').waitFor();
    await look('server');
    await window.getByRole('button', { name: 'Back' }).click();
    await window.getByLabel('Email address').fill('anna@mail.example');
    await window.getByRole('button', { name: 'Find settings' }).click();
    await window.getByText('Before mail can be fetched from Example').waitFor();
    await window.getByLabel('App password', { exact: true }).waitFor();
    await look('provider');
    expect(found).toEqual({ welcome: [], address: [], server: [], provider: [] });
  },
);
