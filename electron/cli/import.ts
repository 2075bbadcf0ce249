import { homedir } from 'node:os';
import type { AccountId } from '../../shared/ids.ts';
import { homeless } from '../mailbox/moving/folder-places.ts';
import { foreignMailAt, maildropId } from '../mailbox/moving/foreign-mail-at.ts';
import { importMail } from '../mailbox/moving/import-mail.ts';
import { type ImportReport, isWhole } from '../mailbox/moving/import-report.ts';
import { usualPlaces } from '../other-programs/find-mail.ts';
import { type ForeignMail, type Program, programs } from '../other-programs/found-mail/foreign-mail.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';
import { exitDone, exitPartly } from './exit-codes.ts';
import { mailboxName } from './folders.ts';
import { open, storeFlag } from './open-store.ts';
import { type Given, isGiven, textOf, UsageError } from './options.ts';
import { CommandFailure, orThrow } from './output.ts';

function programOf(given: Given): Program | 'auto' {
  const from = textOf(given, 'from') ?? 'auto';
  const program = programs.find((one) => one === from);
  if (program === undefined && from !== 'auto')
    throw new UsageError(`--from is auto, ${programs.slice(0, -1).join(', ')} or ${programs.at(-1)}`);
  return program ?? 'auto';
}

function accountOf(given: Given): AccountId {
  const account = textOf(given, 'account') ?? homeless;
  if (!/^[0-9a-f]{16}$/.test(account)) throw new UsageError('--account is 16 hexadecimal digits');
  return account as AccountId;
}

/** The accounts of a program and the ids that it knows, without its mail. */
function accountsAt(path: string): readonly ForeignMail[] {
  const mails = orThrow(foreignMailAt([path], 'auto'));
  if (mails.every(({ accounts }) => accounts.length === 0))
    throw new CommandFailure({ kind: 'not-found', what: `no POP3 account in ${path}`, canRetry: false });
  return mails.map((mail) => ({ ...mail, sources: [], folders: [], filters: [], leftOut: [] }));
}

/** The paths that were named; without any, where programs keep their mail by default. */
function pathsOf(given: Given, program: Program | 'auto'): readonly string[] {
  if (given.positionals.length > 0) return given.positionals;
  const places = usualPlaces().filter((place) => program === 'auto' || place.program === program);
  if (places.length === 0)
    throw new CommandFailure({
      kind: 'not-found',
      what: `no mail of other programs in ${homedir()}`,
      canRetry: false,
    });
  return places.map(({ path }) => path);
}

/** The report with the names of mailboxes, and paths as `folders` prints them. */
function printable(store: Store, report: ImportReport): object {
  const folders = report.folders.map(({ accountId, path, ...counts }) => ({
    path: [mailboxName(store, accountId), ...path].map((name) => name.replaceAll('/', '\u2215')).join('/'),
    ...counts,
  }));
  const { leftOut: reasons, ...others } = report;
  const leftOut = reasons.reduce((sum, { count }) => sum + count, 0);
  return { count: report.new, skipped: report.here, leftOut, ...others, folders, reasons };
}

function words(report: ImportReport): string {
  const { folders, leftOut, accounts, filters } = report;
  const lines = folders.map(
    (one) =>
      `${one.path.join('/')}: ${one.read} read, ${one.new} new, ${one.here} here already, ${one.leftOut} left out`,
  );
  for (const { why, count, places } of leftOut)
    lines.push(`left out, ${why}: ${count}, such as ${places[0]}`);
  for (const { name, host, user, knownIds, knownIdsHere } of accounts)
    lines.push(`account ${name}: ${user} at ${host}, ${knownIds} known ids, ${knownIdsHere} of them here`);
  for (const { name, isTaken, notTaken } of filters)
    if (notTaken.length > 0)
      lines.push(`rule ${name}: ${isTaken ? 'not all of it' : 'nothing of it'} could be taken over`);
  for (const program of report.running)
    lines.push(`${program} seems to run; what it has not written yet is missing`);
  return [`${report.new} imported, ${report.here} were here already`, ...lines].join('\n');
}

/** `import`: brings mail of other programs in. */
export const importCommand: Command = {
  name: 'import',
  usage: '--store DIR [--from PROGRAM] [--account-from PROFILE] [PATH…]',
  summary:
    'bring mail of other programs in with its folders, marks and accounts; without PATH from the usual places',
  flags: {
    ...storeFlag,
    from: { type: 'string', help: `auto (default), ${programs.join(', ')}` },
    account: { type: 'string', help: 'account of the store for mail of no account, 16 hexadecimal digits' },
    'account-from': {
      type: 'string',
      help: 'profile whose accounts and known ids are taken, so that fetch brings only what is new',
    },
    'dry-run': { type: 'boolean', help: 'write nothing, and say what would come' },
  },
  async run(given, print) {
    const program = programOf(given);
    const otherMail = accountOf(given);
    const profile = textOf(given, 'account-from');
    const isAccountAlone = profile !== undefined && given.positionals.length === 0;
    const mails = isAccountAlone ? [] : orThrow(foreignMailAt(pathsOf(given, program), program));
    const accounts = profile === undefined ? [] : accountsAt(profile);
    await using store = await open(given);
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const report = orThrow(
      await importMail(store, {
        mails: [...mails, ...accounts],
        accountIdOf: maildropId,
        otherMail,
        isPlan: isGiven(given, 'dry-run'),
        signal: cancel.signal,
      }),
    );
    print.line(printable(store, report), words(report));
    return isWhole(report) ? exitDone : exitPartly;
  },
};
