import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { maildropA } from '../servers/maildrops.ts';
import { inTheClear } from '../support/letters.ts';
import { statusSays } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const patient = { timeout: 90_000, interval: 100 };
const messages = 5000;
/** All of the messages are to this person. */
const query = 'to:reader@example.org';

const note = (window: Page) => window.getByText(/^Indexing: [\d,]+ of 5,000 messages can be found so far\.$/);

async function search(window: Page): Promise<void> {
  await window.getByRole('searchbox', { name: 'Search' }).fill(query);
  await window.getByRole('heading', { name: 'Found' }).waitFor();
}

test('a search says what it cannot find yet while an index is made anew, and finds all in the end', async () => {
  await using server = await startDovecot({
    users: [{ name: 'anna', password: 'secret', messages: maildropA(messages) }],
  });
  const userData = mkdtempSync(join(tmpdir(), 'poppy-coverage-'));
  try {
    {
      await using first = await openPoppy({ userData });
      await addMailbox(first.window, inTheClear(server.plainPort));
      await statusSays(first.window, /Checked at .*5,000 new/);
    }
    for (const name of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm'])
      rmSync(join(userData, name), { force: true });
    await using poppy = await openPoppy({ userData });
    const { window } = poppy;
    // Told once: in the line, and in no notice besides.
    await window
      .getByRole('status')
      .getByText(/has been made anew from the mail files/)
      .waitFor();
    await search(window);
    await note(window).waitFor();
    expect(await window.locator('.toast').count()).toBe(0);
    await shoot(window, 'search-coverage');
    await expect.poll(() => note(window).count(), patient).toBe(0);
    await expect.poll(() => window.getByText('5,000 messages', { exact: true }).count(), patient).toBe(1);
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
});
