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

test('asks before it takes over a server that the network named, and forgets the question with the address', async () => {
  await using poppy = await openPage({ isFresh: true });
  const { window } = poppy;
  await window.getByRole('button', { name: 'Add your mailbox' }).click();
  const address = window.getByLabel('Email address');
  const find = window.getByRole('button', { name: 'Find settings' });
  const question = window.getByText('Whose server is this?');
  await address.fill('anna@elsewhere.example');
  await find.click();
  await question.waitFor();
  await window.getByText('The server belongs to another domain: hoster.example.').waitFor();
  await shoot(window, 'server-question');
  expect([await violations(window), await window.getByLabel('User name').count()]).toEqual([[], 0]);
  await address.fill('anna@elsewhere.example.org');
  await question.waitFor({ state: 'detached' });
  await address.fill('anna@elsewhere.example');
  await find.click();
  await window.getByRole('button', { name: 'Use this server' }).click();
  await window.getByLabel('User name').waitFor();
});

test('offers every server that was found, and asks before it takes one of another domain', async () => {
  await using poppy = await openPage({ isFresh: true });
  const { window } = poppy;
  await window.getByRole('button', { name: 'Add your mailbox' }).click();
  await window.getByLabel('Email address').fill('anna@several.example');
  await window.getByRole('button', { name: 'Find settings' }).click();
  await window.getByText("the provider's own page: found").waitFor();
  await window.getByRole('button', { name: '2 other servers were found' }).click();
  await shoot(window, 'other-servers');
  const found = await violations(window);
  const host = window.getByLabel('Server', { exact: true });
  await window.getByRole('button', { name: /^Use pop.several.example/ }).click();
  await expect.poll(() => host.inputValue()).toBe('pop.several.example');
  await window.getByRole('button', { name: /^Use pop.hoster.example/ }).click();
  await window.getByText('The server belongs to another domain: hoster.example.').first().waitFor();
  const before = await host.inputValue();
  await window.getByRole('button', { name: 'Use this server' }).click();
  await expect.poll(() => host.inputValue()).toBe('pop.hoster.example');
  expect([found, before]).toEqual([[], 'pop.several.example']);
});
