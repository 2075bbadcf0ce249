import { describe, expect, test } from 'vitest';
import { bindings, commandOf } from '../../renderer/app/keys/keyboard.ts';

type Press = Partial<Parameters<typeof commandOf>[0]> & { readonly key: string };

const press = (event: Press, isMac = false) =>
  commandOf({ code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...event }, isMac);

describe('keyboard', () => {
  test('does for each line of the sheet what the line says', () => {
    const answers = bindings.map(({ keys }) => {
      const [key = '', ...held] = keys.split(/\+(?=.)/).toReversed();
      return press({
        key: key === 'Space' ? ' ' : key,
        ctrlKey: held.includes('Ctrl'),
        shiftKey: held.includes('Shift'),
      });
    });
    expect(answers).toEqual(bindings.map(({ command }) => command));
  });

  test('answers as the sheet says', () => {
    expect([
      press({ key: 'F5' }),
      press({ key: 'F5', shiftKey: true }),
      press({ key: 'f' }),
      press({ key: 'n' }),
      press({ key: ' ' }),
      press({ key: 'Delete' }),
      press({ key: 'Delete', shiftKey: true }),
      press({ key: 'z', ctrlKey: true }),
      press({ key: 'K', ctrlKey: true, shiftKey: true }),
      press({ key: '3' }),
      press({ key: '?', shiftKey: true }),
      press({ key: 'F6', shiftKey: true }),
    ]).toEqual([
      'check',
      'check-all',
      'next',
      'next-unread',
      'read-on',
      'delete',
      'delete-on-server',
      'undo',
      'filter',
      'tag-3',
      'keys',
      'previous-pane',
    ]);
  });

  test('takes letters by their place on a Russian keyboard', () => {
    expect([press({ key: 'т', code: 'KeyN' }), press({ key: 'я', code: 'KeyZ', ctrlKey: true })]).toEqual([
      'next-unread',
      'undo',
    ]);
  });

  test('uses the command key on a Mac and leaves Alt to the system', () => {
    expect([
      press({ key: 'z', metaKey: true }, true),
      press({ key: 'z', ctrlKey: true }, true),
      press({ key: 'n', altKey: true }),
    ]).toEqual(['undo', null, null]);
  });

  test('deletes by the only key for it that small keyboards of a Mac have', () => {
    expect([press({ key: 'Backspace' }, true), press({ key: 'Backspace' })]).toEqual(['delete', null]);
  });
});
