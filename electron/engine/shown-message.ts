import type { BodyView, MessageView } from '../../shared/message-view.ts';
import type { MessageId } from '../../shared/model.ts';
import { htmlToWords } from '../message/html-to-words.ts';
import type { ParsedMessage } from '../message/parsed-message.ts';
import { buildMessagePage } from '../message/safety/message-page.ts';
import type { SafeBody } from '../message/safety/safe-body.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import type { EngineContext } from './context.ts';

/** What a parse thread made of a message. `trouble` says why there is nothing but the source. */
export type Shown = {
  readonly message: ParsedMessage | null;
  readonly body: SafeBody | null;
  readonly trouble: string | null;
};

/** Parses a message, and cleans its body when a page's addresses are given. */
export async function parseMessage(
  context: EngineContext,
  id: MessageId,
  addresses: { partPrefix: string; remotePrefix: string | null } | null,
): Promise<Shown> {
  const chosen = context.shelf.isFile(id) ? null : context.store.messageChoices(id).charset;
  const charset = chosen === null ? {} : { charset: chosen };
  const reply = await context.shelf.parse(
    id,
    addresses === null ? { job: 'index', ...charset } : { job: 'show', addresses, ...charset },
  );
  if (reply === null) return { message: null, body: null, trouble: 'missing' };
  if (reply.kind === 'parsed') return { message: reply.message, body: reply.body, trouble: null };
  return { message: null, body: null, trouble: reply.kind === 'unparsed' ? reply.reason : reply.kind };
}

/** Parses a message for showing it under a token, with remote pictures where the person has allowed them. */
export async function showMessage(
  context: EngineContext,
  id: MessageId,
  body: BodyView,
  token: string,
): Promise<Shown> {
  const summary = context.shelf.isFile(id) ? null : context.store.message(id);
  const isAllowed =
    body.allowRemoteOnce || (summary !== null && context.store.isRemoteAllowed(summary.from.address));
  return parseMessage(context, id, {
    partPrefix: `poppy-part://${token}/part/`,
    remotePrefix: isAllowed ? `poppy-part://${token}/remote/` : null,
  });
}

/** The source as a body: what is shown when all else fails. */
export async function sourceBody(context: EngineContext, id: MessageId): Promise<SafeBody> {
  const source = await context.shelf.source(id);
  return textToHtml(source.ok ? source.value.bytes.toString('latin1') : '');
}

/** What the body is shown as: what was asked for, where the message has it. */
export function shownAs({ message }: Shown, format: BodyView['format']): MessageView['shows'] {
  if (message === null || message.isSource || format === 'source') return 'source';
  if (format === 'text') return 'text';
  return message.html === null ? 'text' : 'html';
}

/** The body in that form. */
export async function bodyShown(
  context: EngineContext,
  id: MessageId,
  { message, body }: Shown,
  shows: MessageView['shows'],
): Promise<SafeBody> {
  if (shows === 'source' || message === null) return sourceBody(context, id);
  if (body !== null && (shows === 'html' || message.html === null)) return body;
  const flow = { flowed: message.textIsFlowed, delSp: message.textIsDelSp };
  return textToHtml(message.text ?? htmlToWords(message.html ?? ''), message.text === null ? {} : flow);
}

/** A body as the page under a token. */
export function pageHtml(body: SafeBody, kind: 'html' | 'text', isDark: boolean, token: string): string {
  return buildMessagePage(body, {
    kind,
    theme: isDark ? 'dark' : 'light',
    partsSource: `poppy-part://${token}`,
  });
}
