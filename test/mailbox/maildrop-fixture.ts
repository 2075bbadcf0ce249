import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkMail } from '../../electron/mailbox/checking/check-mail.ts';
import { MaildropLocks } from '../../electron/mailbox/maildrop/maildrop-locks.ts';
import type { MaildropTools } from '../../electron/mailbox/maildrop/maildrop-session.ts';
import { SignInTimes } from '../../electron/mailbox/maildrop/sign-in-times.ts';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore, type Store } from '../../electron/store/store.ts';
import type { Account } from '../../shared/account.ts';
import type { CheckRecord } from '../../shared/account-state.ts';
import type { AccountId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import type { Rule } from '../../shared/rule.ts';
import { type ScriptedServer, scriptedServer } from '../servers/scripted.ts';

/** The account of these tests. */
export const id = '00000000000000aa' as AccountId;
/** An empty store and the tools around it; the folder goes when the test ends. */
export async function freshStore(): Promise<
  AsyncDisposable & { store: Store; tools: MaildropTools; clock: { now: number } }
> {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-check-'));
  const clock = { now: Date.UTC(2026, 0, 1) };
  const opened = await openStore({ folder, summarise: summariseHeaders, clock: () => clock.now });
  if (!opened.ok) throw new Error(opened.failure.kind);
  const store = opened.value;
  const tools: MaildropTools = {
    store,
    vault: { get: async () => ok('secret') },
    locks: new MaildropLocks(),
    signIns: new SignInTimes({ store, now: () => clock.now }),
    extraAuthorities: [],
    now: () => clock.now,
  };
  return {
    store,
    tools,
    clock,
    [Symbol.asyncDispose]: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that follows the conversations; each begins with the greeting and ends where its text does. */
export function serverSaying(...conversations: readonly string[]): Promise<ScriptedServer> {
  const text = conversations.join('\n-----\n');
  return scriptedServer(Object.assign([text], { raw: [text] }));
}

/** From the greeting to the end of the listing, for messages given as `uidl size`, in order. */
export function opening(messages: readonly string[], { uidl = true, top = true } = {}): string {
  const capabilities = `${uidl ? 'UIDL|' : ''}${top ? 'TOP|' : ''}`;
  const rows = messages.map((message) => message.split(' '));
  const sizes = rows.map(([, size], index) => `${index + 1} ${size}|`).join('');
  const ids = rows.map(([name], index) => `${index + 1} ${name}|`).join('');
  return `
    S: +OK ready
    C: CAPA
    S: +OK|${capabilities}.
    C: USER ann
    S: +OK
    C: PASS secret
    S: +OK
    C: CAPA
    S: +OK|${capabilities}.
    C: STAT
    S: +OK ${messages.length} 1000
    C: LIST
    S: +OK|${sizes}.
    C: UIDL
    S: ${uidl ? `+OK|${ids}.` : '-ERR unknown command'}`;
}

const letter = (subject: string) => `+OK|Subject: ${subject}||text|.`;
/** RETR and its message. */
export const retrieve = (number: number, subject: string) => `
    C: RETR ${number}
    S: ${letter(subject)}`;
/** QUIT, answered. */
export const quit = `
    C: QUIT
    S: +OK`;

/** An account at the server. */
export const accountAt = (server: { readonly port: number }, part: Partial<Account> = {}): Account => ({
  id,
  name: 'ann',
  address: 'ann@example.org',
  server: {
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: 'ann',
    mechanism: 'auto',
    plaintextConsent: true,
  },
  retention: { kind: 'keep' },
  checkEveryMinutes: 0,
  checkAtStart: false,
  partialAboveBytes: 0,
  deleteOnServerWhenDeletedHere: false,
  isSample: false,
  ...part,
});

/** One check of the account, with nobody to stop it. */
export const checkOnce = (
  tools: MaildropTools,
  account: Account,
  rules: readonly Rule[] = [],
): Promise<CheckRecord> =>
  checkMail(tools, account, { signal: new AbortController().signal, rules, onProgress: () => undefined });

/** Subjects in the inbox, in the order of the alphabet. */
export const subjectsIn = (store: Store): string[] =>
  store.lists
    .page({ place: { kind: 'folder', folder: 'inbox', accountId: id }, offset: 0, limit: 100 })
    .rows.map((row) => row.subject)
    .sort();
