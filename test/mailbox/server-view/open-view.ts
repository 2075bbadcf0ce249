import { LiveServerView } from '../../../electron/mailbox/server-view/live-server-view.ts';
import { Transcript } from '../../../electron/pop3/connection/transcript.ts';
import type { ServerView } from '../../../shared/server-view.ts';
import type { ScriptedServer } from '../../servers/scripted.ts';
import { accountAt, type freshStore } from '../maildrop-fixture.ts';

/** TOP and the headers of a letter by Anna. */
export const headers = (number: number, subject: string) => `
    C: TOP ${number} 0
    S: +OK|From: Anna <anna@example.org>|Subject: ${subject}|Date: Thu, 1 Jan 2026 10:00:00 +0000||.`;
/** DELE, answered. */
export const remove = (number: number) => `
    C: DELE ${number}
    S: +OK`;

/** An open server view, and a way to wait until it says something. */
export async function openView(fresh: Awaited<ReturnType<typeof freshStore>>, pop3: ScriptedServer) {
  const waiting: { holds(view: ServerView): boolean; done(): void }[] = [];
  const transcript = new Transcript();
  const session = new LiveServerView(fresh.tools, accountAt(pop3), transcript, {
    onChanged: (view) => {
      for (const one of waiting) if (one.holds(view)) one.done();
    },
    onHeaders: () => undefined,
  });
  const until = (holds: (view: ServerView) => boolean) =>
    new Promise<void>((done) => {
      if (holds(session.view())) done();
      else waiting.push({ holds, done });
    });
  await session.open();
  await until((view) => view.headersDone === view.count && !view.isFetchingHeaders);
  return { session, until, transcript, [Symbol.asyncDispose]: () => session.close() };
}

/** Resolves when a command goes out. */
export const sentLine = (transcript: Transcript, line: string) =>
  new Promise<void>((done) => {
    transcript.onEntry(({ direction, text }) => {
      if (direction === 'client' && text === line) done();
    });
  });
