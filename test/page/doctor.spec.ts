import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage, type PoppyPage } from './open-page.ts';

async function mailboxSettings({ window }: PoppyPage): Promise<void> {
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Mailboxes' }).click();
}

test('a mailbox is checked step by step with the log beside, all in sight, and copied as text', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await window.setViewportSize({ width: 1280, height: 800 });
  await window.context().grantPermissions(['clipboard-read']);
  await mailboxSettings(poppy);
  await window.getByRole('button', { name: 'Check', exact: true }).first().click();
  const dialog = window.getByRole('dialog');
  await dialog.getByText('It works', { exact: true }).waitFor();
  await shoot(window, 'doctor');
  const parts = [
    dialog.getByText('It works', { exact: true }),
    dialog.getByText('C: CAPA'),
    dialog.getByRole('button', { name: 'Copy as text' }),
  ];
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const found = await violations(window);
  await dialog.getByRole('button', { name: 'Copy as text' }).click();
  const copied = await window.evaluate(() => navigator.clipboard.readText());
  expect({
    found,
    inSight: boxes.map((box) => box !== null && box.y >= 0 && box.y + box.height <= 800),
    copied: /^\S+:\d+ \w+\n.*: done\n[\s\S]*\nC: CAPA\n/.test(copied),
  }).toEqual({ found: [], inSight: [true, true, true], copied: true });
});

test('a proxy is chosen by hand and saved when it is whole', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await mailboxSettings(poppy);
  const connections = window.getByRole('region', { name: 'Connections' });
  await connections.getByRole('button', { name: /Proxy/ }).click();
  await window.getByRole('option', { name: 'SOCKS5' }).click();
  const save = connections.getByRole('button', { name: 'Save' });
  const host = connections.getByLabel('Proxy server');
  const before = await save.isDisabled();
  await host.fill('127.0.0.1');
  await save.click();
  await expect.poll(() => connections.getByLabel('Proxy server').inputValue()).toBe('127.0.0.1');
  await connections.getByLabel('Public database of providers').fill('http://database.example/');
  await window.getByText('The address begins with https:// and ends with a slash.').waitFor();
  await shoot(window, 'proxy');
  expect([before, await save.isDisabled(), await violations(window)]).toEqual([true, true, []]);
});

test('a mailbox is paused and goes on, and its new password can be shown while it is typed', async () => {
  await using poppy = await openPage();
  const { window } = poppy;
  await mailboxSettings(poppy);
  await window.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await window.getByText('paused', { exact: true }).waitFor();
  await shoot(window, 'paused');
  await window.getByRole('button', { name: 'Resume', exact: true }).click();
  await window.getByText('paused', { exact: true }).waitFor({ state: 'detached' });
  await window.getByRole('button', { name: 'Change' }).first().click();
  const password = window.getByLabel('New password');
  await password.fill('кот 12');
  const hidden = await password.getAttribute('type');
  await window.getByText('Show the password').click();
  expect([
    hidden,
    await password.getAttribute('type'),
    await password.inputValue(),
    await violations(window),
  ]).toEqual(['password', 'text', 'кот 12', []]);
});
