import { expect, test } from 'vitest';
import { tagLines } from '../../renderer/mailbox/places/tag-lines.ts';

test('tags lie in the tags that their names name, and keep their order otherwise', () => {
  const names = ['Work/Invoices/2026', 'Home', 'Work', '/odd', 'Work/Invoices', 'Trips/Rome', 'Workshop'];
  const lines = tagLines(names.map((name) => ({ name, color: 'grey' })));
  expect(lines.map(({ label, depth }) => `${'  '.repeat(depth)}${label}`)).toEqual([
    'Home',
    'Work',
    '  Invoices',
    '    2026',
    '/odd',
    'Trips/Rome',
    'Workshop',
  ]);
});
