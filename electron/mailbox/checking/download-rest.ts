import type { Account } from '../../../shared/account.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { SizeMemory } from '../leaving/size-memory.ts';
import { hashPrefix, identify } from '../maildrop/identify.ts';
import {
  failureBehind,
  type MaildropTools,
  openMaildrop,
  type SessionRequest,
} from '../maildrop/maildrop-session.ts';
import { ProgressCounter } from './check-progress.ts';
import { newTally } from './check-tally.ts';
import { downloadAll } from './download.ts';
import { UnfetchedBook } from './unfetched-book.ts';

/**
 * Fetches the whole of a message whose beginning is here, and replaces the beginning. Fails with `not-found` when the
 * server no longer has it.
 */
export async function downloadRest(
  tools: MaildropTools,
  account: Account,
  id: MessageId,
  request: SessionRequest,
): Promise<Result<null, Failure>> {
  const ledger = tools.store.ledger(account.id);
  const keys = new Set(ledger.keysOfMessage(id));
  try {
    using _lock = await tools.locks.acquire(account.id, request.signal);
    await using session = await openMaildrop(tools, account, request);
    const message = (await identify(session, () => ledger.listedIds(hashPrefix))).find(
      (one) => one.isLasting && keys.has(one.key),
    );
    if (message === undefined) return failed({ kind: 'not-found', canRetry: false });
    const progress = new ProgressCounter(account.id, tools.now, () => undefined);
    const tally = newTally();
    const unfetched = new UnfetchedBook(tools, account.id);
    const sizes = new SizeMemory(ledger);
    const download = { ...message, isPartial: false };
    await downloadAll({ tools, account, session, tally, progress, unfetched, sizes }, [download]);
    await session.quit();
    if (tally.skippedKeys.size === 0) return ok(null);
    const { host, port } = account.server;
    return failed(tally.trouble ?? { kind: 'server-refused', step: 'download', canRetry: true, host, port });
  } catch (error) {
    const failure = failureBehind(error, account.server, request.signal);
    if (failure === null) throw error;
    return failed(failure);
  }
}
