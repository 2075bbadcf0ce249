import type { Mailbox } from '../../shared/model.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { cleanHeaderText, judgeSender } from '../message/safety/header-honesty.ts';
import { escapeHtml } from '../message/safety/safe-body.ts';

const headStyle =
  'margin:0 0 16px;padding:0 0 12px;border-bottom:1px solid #bbb;font:14px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff';

/** A body page with a head of subject, people and date, for printing and saving; as safe as the page it is given. */
export function printablePage(message: ParsedMessage | null, page: string): string {
  if (message === null) return page;
  const rows = [
    `<strong style="font-size:18px">${escapeHtml(cleanHeaderText(message.subject))}</strong>`,
    people(message.from),
    people(message.to),
    message.sentAt === null ? '' : escapeHtml(new Date(message.sentAt).toUTCString()),
  ].filter((row) => row !== '');
  const head = `<div style="${headStyle}">${rows.map((row) => `<div>${row}</div>`).join('')}</div>`;
  return page.replace(/<body[^>]*>/, (body) => `${body}${head}`);
}

function people(mailboxes: readonly Mailbox[]): string {
  return mailboxes
    .map((mailbox) => judgeSender({ from: mailbox }))
    .map(({ name, address }) => escapeHtml(name === '' ? address : `${name} <${address}>`))
    .join(', ');
}

/** The same head as lines of text, for saving a message as text. */
export function textHead(message: ParsedMessage): string {
  const lines = [
    cleanHeaderText(message.subject),
    ...[message.from, message.to].map((mailboxes) =>
      mailboxes
        .map((mailbox) => judgeSender({ from: mailbox }))
        .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
        .join(', '),
    ),
    message.sentAt === null ? '' : new Date(message.sentAt).toUTCString(),
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n`;
}
