import { foreignMailAt, maildropId } from '../../../electron/mailbox/moving/foreign-mail-at.ts';
import { type ImportRequest, importMail } from '../../../electron/mailbox/moving/import-mail.ts';
import type { ImportReport } from '../../../electron/mailbox/moving/import-report.ts';
import type { Store } from '../../../electron/store/store.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';

/** Brings in what lies at paths; mail of no account comes into the given mailbox. */
export async function importPaths(
  store: Store,
  otherMail: AccountId,
  paths: readonly string[],
  request: Partial<ImportRequest> = {},
): Promise<Result<ImportReport, Failure>> {
  const mails = foreignMailAt(paths, 'auto');
  if (!mails.ok) return mails;
  return await importMail(store, { mails: mails.value, accountIdOf: maildropId, otherMail, ...request });
}
