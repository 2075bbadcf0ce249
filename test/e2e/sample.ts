import type { Page } from 'playwright';
import { vi } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { messageRows, statusSays } from '../support/mail-list.ts';

/**
 * Takes the sample mailbox from the welcome and waits until all of its mail is listed: a row that still comes moves
 * the others away from under the pointer.
 */
export async function takeSample(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Try it with a sample mailbox' }).click();
  await messageRows(window).nth(5).waitFor();
  await statusSays(window, /Checked at/);
  // The list asks for its page anew when mail has come, which may be after the check has ended.
  const all = await countInInbox(window);
  await vi.waitUntil(async () => (await countOf(window)) === all, { timeout: 30_000, interval: 50 });
}

/** How many messages the list says that it has; -1 where there is no list. */
export async function countOf(window: Page): Promise<number> {
  return Number((await window.getByRole('grid', { name: 'Messages' }).getAttribute('aria-rowcount')) ?? -1);
}

/** How many messages the inbox has, whatever the list shows of it by now. */
export function countInInbox(window: Page): Promise<number> {
  return window.evaluate(async () => {
    const { poppy } = globalThis as unknown as { poppy: PoppyBridge };
    const { total } = await poppy.request('mailbox/list', {
      place: { kind: 'folder', folder: 'inbox', accountId: null },
      filter: {},
      sort: { by: 'date', descending: true },
      groupsByConversation: false,
      offset: 0,
      limit: 1,
    });
    return total;
  });
}
