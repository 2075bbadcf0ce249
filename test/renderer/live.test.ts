import { expect, test, vi } from 'vitest';
import { defaultPreferences } from '../../shared/preferences.ts';

const accountId = 'a';
const state = (check: unknown) => ({ account: { id: accountId }, check, lastCheck: null, trouble: null });

/** A program whose answers come when the test gives them, those to requests of one name in their order. */
function program() {
  const listeners = new Map<string, (payload: unknown) => void>();
  const answers = new Map<string, ((reply: unknown) => void)[]>();
  return {
    bridge: {
      on: (name: string, listener: (payload: unknown) => void) => listeners.set(name, listener),
      request: (name: string) =>
        new Promise((resolve) => answers.set(name, [...(answers.get(name) ?? []), resolve])),
    },
    tell: (name: string, payload: unknown) => listeners.get(name)?.(payload),
    async answer(name: string, reply: unknown) {
      answers.get(name)?.shift()?.(reply);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('what the program tells while the window still waits for another answer is not undone by an older one', async () => {
  const { bridge, tell, answer } = program();
  Object.assign(globalThis, { window: { poppy: bridge } });
  const { accountsStore, follow, preferencesStore } = await import('../../renderer/bridge/live.ts');
  const following = follow();
  tell('check/progress', { accountId, phase: 'connecting' });
  const early = accountsStore.get();
  await answer('account/list', [state({ accountId, phase: 'connecting' })]);
  await answer('preferences/read', defaultPreferences);
  const record = { accountId, failure: null };
  tell('check/ended', record);
  tell('preferences/changed', { ...defaultPreferences, theme: 'dark' });
  await answer('app/state', { storeNotice: null });
  await following;
  expect({ early, accounts: accountsStore.get(), theme: preferencesStore.get().theme }).toEqual({
    early: null,
    accounts: [{ ...state(null), lastCheck: record }],
    theme: 'dark',
  });
});

test('news of an earlier choice does not undo a later one, and in the end the program’s word holds', async () => {
  const { bridge, tell, answer } = program();
  Object.assign(globalThis, { window: { poppy: bridge } });
  vi.resetModules();
  const { follow, preferencesStore, updatePreferences } = await import('../../renderer/bridge/live.ts');
  void follow();
  await answer('preferences/read', defaultPreferences);
  const seen: unknown[] = [];
  const look = () => {
    const { theme, textScale } = preferencesStore.get();
    seen.push([theme, textScale]);
  };
  updatePreferences({ theme: 'dark' });
  updatePreferences({ textScale: 1.5 });
  look();
  tell('preferences/changed', { ...defaultPreferences, theme: 'dark' });
  await answer('preferences/update', null);
  look();
  // The second choice could not be kept.
  tell('preferences/changed', { ...defaultPreferences, theme: 'dark' });
  await answer('preferences/update', null);
  look();
  expect(seen).toEqual([
    ['dark', 1.5],
    ['dark', 1.5],
    ['dark', 1],
  ]);
});
