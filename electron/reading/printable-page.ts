import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { EmailAddress } from '../../shared/message.ts';
import type { PrintedBody } from '../../shared/message-view.ts';
import { ok, type Result } from '../../shared/result.ts';
import { cleanHeaderText, judgeSender } from '../message/safety/header-honesty.ts';
import { messagePageHeaders } from '../message/safety/message-page.ts';
import { escapeHtml } from '../message/safety/safe-body.ts';
import { type PrintedHead, printedHead } from './message-row.ts';
import { withPrintedHead } from './printed-frame.ts';
import { bodyShown, pageHtml, type ShowTools, showMessage } from './shown-message.ts';

/**
 * Puts up the page that is printed or saved as PDF. It shows what the reading view shows, always on white, under a head
 * of subject, people and date. Answers its token and the subject.
 */
export async function putPrintable(
  tools: ShowTools,
  id: MessageId,
  view: PrintedBody,
): Promise<Result<{ readonly token: string; readonly title: string }, Failure>> {
  const { shelf, pages, remotePictures } = tools;
  const token = pages.newToken();
  const body = { ...view, isDark: false };
  const shown = await showMessage(tools, id, body, token);
  const page = pageHtml(await bodyShown(shelf, id, shown.body), false, token);
  const head = await printedHead(shelf, id, shown.message);
  pages.put(token, {
    messageId: id,
    html: withHead(head, page),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}` }),
    links: [],
    allowsRemote: remotePictures.areAllowed(id, body),
  });
  return ok({ token, title: head.subject });
}

/** A body page under a head of subject, people and date. It stays as safe as the page was. */
export function withHead(head: PrintedHead, page: string): string {
  const rows = [
    escapeHtml(cleanHeaderText(head.subject)) || '&nbsp;',
    escapeHtml(peopleLine(head.from)),
    escapeHtml(peopleLine(head.to)),
    head.sentAt === null ? '' : escapeHtml(new Date(head.sentAt).toUTCString()),
  ].filter((row) => row !== '');
  return withPrintedHead(page, rows);
}

/** The same head as lines of text, for a message that is saved as text. */
export function textHead(head: PrintedHead): string {
  const lines = [
    cleanHeaderText(head.subject),
    peopleLine(head.from),
    peopleLine(head.to),
    head.sentAt === null ? '' : new Date(head.sentAt).toUTCString(),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n`;
}

function peopleLine(mailboxes: readonly EmailAddress[]): string {
  return mailboxes
    .map((mailbox) => judgeSender({ from: mailbox }))
    .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
    .join(', ');
}
