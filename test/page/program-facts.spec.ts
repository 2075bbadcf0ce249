import { expect, test } from 'vitest';
import type { FakeOptions } from '../renderer/preview/fake-bridge.ts';
import { violations } from '../support/axe.ts';
import { shoot } from '../support/shots.ts';
import { openPage } from './open-page.ts';

/** What the status line and the settings say of the program, and what axe finds in both. */
async function told(options: FakeOptions) {
  await using poppy = await openPage(options);
  const { window } = poppy;
  const inLine = await window.locator('.status-line').getByText('No sandbox').count();
  const found = await violations(window);
  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Privacy' }).click();
  await window.getByText(/^Electron 45\.4\.1, released on /).waitFor();
  await shoot(window, `program-facts ${JSON.stringify(options)}`);
  return {
    inLine,
    sandbox: await window.getByText('runs without Chromium').count(),
    age: await window.getByText('more than six months old').count(),
    axe: [...found, ...(await violations(window))],
  };
}

test('says where there is no sandbox and where the Electron is old, and is silent elsewhere', async () => {
  expect([await told({}), await told({ isSandboxed: false, electronAgeDays: 200 })]).toEqual([
    { inLine: 0, sandbox: 0, age: 0, axe: [] },
    { inLine: 1, sandbox: 1, age: 1, axe: [] },
  ]);
});
