import { createHash } from 'node:crypto';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { mailAt } from '../../other-programs/find-mail.ts';
import type { ForeignMail, Program } from '../../other-programs/found-mail/foreign-mail.ts';

/** Finds the mail at paths that a person chose. Fails with `unreadable-file` at the first that is none. */
export function foreignMailAt(
  paths: readonly string[],
  program: Program | 'auto',
): Result<readonly ForeignMail[], Failure> {
  const found: ForeignMail[] = [];
  for (const path of paths) {
    try {
      const mails = mailAt(path, program);
      if (mails === null)
        return failed({
          kind: 'unreadable-file',
          what: path,
          why: 'not-mail',
          step: 'store',
          canRetry: false,
        });
      found.push(...mails);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      return failed({ kind: 'unreadable-file', what: error.message, step: 'store', canRetry: true });
    }
  }
  return ok(found);
}

/**
 * The id of the mailbox for an account that is not set up here: the same each time for the same user at the same host.
 * A random id of an account here is never of this kind, so that no secret is found by it.
 */
export function maildropId({ user, host }: { readonly user: string; readonly host: string }): AccountId {
  return createHash('sha256').update(`${user}@${host.toLowerCase()}`).digest('hex').slice(0, 16) as AccountId;
}
