import type { Failure } from '../../shared/failure.ts';
import { onThisComputer } from '../../shared/folder.ts';
import type { FoundMail, MovingInReport } from '../../shared/moving-in.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { isSameMaildrop } from '../../shared/same-maildrop.ts';
import { foreignMailAt, maildropId } from '../mailbox/moving/foreign-mail-at.ts';
import { importMail } from '../mailbox/moving/import-mail.ts';
import type { ImportReport } from '../mailbox/moving/import-report.ts';
import { mailAt, usualPlaces } from '../other-programs/find-mail.ts';
import type { ForeignAccount, ForeignMail } from '../other-programs/found-mail/foreign-mail.ts';
import type { EngineParts } from './engine-parts.ts';

type Tools = Pick<EngineParts, 'store' | 'settings' | 'changes' | 'emit'>;

/**
 * Mail of other programs on its way in. What was found or chosen stays here, so that the page names no path: it says
 * which of the found places, or the person chooses in a dialog of the system.
 */
export class MovingIn {
  readonly #tools: Tools;
  #found: readonly ForeignMail[] = [];
  #chosen: readonly ForeignMail[] = [];
  #running: AbortController | null = null;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Looks where programs keep their mail by default. What cannot be read there is passed over. */
  find(): readonly FoundMail[] {
    this.#found = usualPlaces().flatMap(({ path, program }) => {
      try {
        return (mailAt(path, program) ?? []).filter(({ sources }) => sources.length > 0);
      } catch {
        // The person did not name this place: what is wrong with it is no news.
        return [];
      }
    });
    return this.#found.map(({ program, path, folders, sources }) => ({
      program,
      place: path,
      folders: folders.length,
      sizeBytes: sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }));
  }

  /** What would come from one of the found places. */
  async lookAtFound(index: number): Promise<Result<MovingInReport, Failure>> {
    const mail = this.#found[index];
    if (mail === undefined) return failed({ kind: 'not-found', canRetry: false });
    this.#chosen = [mail];
    return this.#bringIn(true);
  }

  /** What would come from files or folders that the person chose. */
  async lookAt(paths: readonly string[]): Promise<Result<MovingInReport, Failure>> {
    const mails = foreignMailAt(paths, 'auto');
    if (!mails.ok) return mails;
    this.#chosen = mails.value;
    return this.#bringIn(true);
  }

  /** Brings in what was looked at last. */
  start(): Promise<Result<MovingInReport, Failure>> {
    return this.#bringIn(false);
  }

  /** Stops what is under way; its answer comes with what was done until then. */
  stop(): void {
    this.#running?.abort();
  }

  async #bringIn(isPlan: boolean): Promise<Result<MovingInReport, Failure>> {
    const { store, changes, emit } = this.#tools;
    this.stop();
    const running = new AbortController();
    this.#running = running;
    const imported = await importMail(store, {
      mails: this.#chosen,
      accountIdOf: (account) => this.#accountIdOf(account),
      otherMail: onThisComputer,
      isPlan,
      signal: running.signal,
      onProgress: (done, total) => emit('storage/progress', { task: 'moving-in', done, total }),
    });
    if (!isPlan) changes.note();
    return imported.ok ? ok(this.#report(imported.value)) : imported;
  }

  #accountIdOf(account: ForeignAccount) {
    const known = this.#tools.settings.accounts().find(({ server }) => isSameMaildrop(server, account));
    return known?.id ?? maildropId(account);
  }

  #report({ programs, running, folders, leftOut, accounts, ...counts }: ImportReport): MovingInReport {
    const names = new Map(accounts.map(({ accountId, name, address }) => [accountId, address || name]));
    const inUse = new Set(this.#tools.settings.accounts().map(({ id }) => id));
    return {
      ...{ programs, running, leftOut },
      ...{ read: counts.read, new: counts.new, here: counts.here, isStopped: counts.isStopped },
      folders: folders.map(({ accountId, path, read, new: isNew, here, leftOut: left }) => ({
        mailbox: names.get(accountId) ?? '',
        ...{ path, read, new: isNew, here, leftOut: left },
      })),
      accounts: accounts.map(({ accountId, name, address, host, user }) => ({
        ...{ accountId, name, address, host, user },
        isHere: inUse.has(accountId),
      })),
    };
  }
}
