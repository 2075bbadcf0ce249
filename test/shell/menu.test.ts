import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from '../../electron/shell/menu.ts';
import { commandNames } from '../../renderer/bridge/commands.ts';

function itemsOf(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

test('asks the page only for what it knows', () => {
  const asked: string[] = [];
  const items = itemsOf(menuTemplate('en', (command) => asked.push(command)));
  for (const { click } of items) (click as (() => void) | undefined)?.();
  expect([asked.length > 10, asked.filter((name) => !commandNames.some((known) => known === name))]).toEqual([
    true,
    [],
  ]);
});

test('binds no key that the page answers to', () => {
  const items = itemsOf(menuTemplate('ru', () => undefined));
  expect(
    items.filter((item) => item.accelerator !== undefined && item.registerAccelerator !== false),
  ).toEqual([]);
});
