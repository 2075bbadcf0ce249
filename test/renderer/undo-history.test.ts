import { describe, expect, test } from 'vitest';
import { UndoHistory } from '../../renderer/bridge/undo-history.ts';

/** A change that answers when the test says so. */
function pending() {
  let answer: (token: string | null) => void = () => undefined;
  const made = new Promise<string | null>((resolve) => {
    answer = resolve;
  });
  return { made, answer };
}

describe('what can be taken back', () => {
  test('holds a change that has not answered yet, before the ones that have', async () => {
    const history = new UndoHistory();
    await history.note(Promise.resolve('archived'));
    const deletion = pending();
    const noted = history.note(deletion.made);
    const first = history.takeNewest();
    const second = history.takeNewest();
    deletion.answer('deleted');
    expect([await noted, await first, await second, await history.takeNewest()]).toEqual([
      true,
      'deleted',
      'archived',
      null,
    ]);
  });

  test('leaves an older change alone when the newest was refused after all', async () => {
    const history = new UndoHistory();
    await history.note(Promise.resolve('archived'));
    const deletion = pending();
    const noted = history.note(deletion.made);
    const taken = history.takeNewest();
    deletion.answer(null);
    expect([await noted, await taken, await history.takeNewest()]).toEqual([false, null, 'archived']);
  });

  test('holds neither what was refused nor what was taken back by its token', async () => {
    const history = new UndoHistory();
    await history.note(Promise.resolve('archived'));
    await history.note(Promise.resolve('deleted'));
    await history.note(Promise.resolve(null));
    history.forget('deleted');
    expect([await history.takeNewest(), await history.takeNewest()]).toEqual(['archived', null]);
  });
});
