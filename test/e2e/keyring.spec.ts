import { deletePassword, setPassword } from 'keytar';
import { expect, test } from 'vitest';
import { keptIn } from './keyring.ts';

test('a password given to the keyring comes back, and is gone once deleted', async () => {
  await setPassword('poppy-e2e', 'anna@example.org', 'pässword 1');
  const kept = await keptIn('poppy-e2e');
  await deletePassword('poppy-e2e', 'anna@example.org');
  expect({ kept, after: await keptIn('poppy-e2e') }).toEqual({
    kept: [{ account: 'anna@example.org', password: 'pässword 1' }],
    after: [],
  });
});
