import type { BodyView, MessageView } from '../../shared/message-view.ts';
import type { MessageId } from '../../shared/model.ts';
import type { ParsedMessage } from '../message/parsed-message.ts';
import { readableText } from '../message/readable-text.ts';
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
  isDark = false,
): Promise<Shown> {
  const reply = await context.shelf.parse(
    id,
    addresses === null ? { job: 'read' } : { job: 'show', addresses, isDark },
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
  const addresses = {
    partPrefix: `poppy-part://${token}/part/`,
    remotePrefix: showsRemote(context, id, body) ? `poppy-part://${token}/remote/` : null,
  };
  return parseMessage(context, id, addresses, body.isDark);
}

/** Whether remote pictures of a message are shown: this time, or always for its sender. */
export function showsRemote(
  context: EngineContext,
  id: MessageId,
  body: Pick<BodyView, 'allowRemoteOnce'>,
): boolean {
  const summary = context.shelf.isFile(id) ? null : context.store.message(id);
  return body.allowRemoteOnce || (summary !== null && context.store.isRemoteAllowed(summary.from.address));
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
  return textToHtml(readableText(message));
}

/** A body as the page under a token. */
export function pageHtml(body: SafeBody, kind: 'html' | 'text', isDark: boolean, token: string): string {
  return buildMessagePage(body, {
    // Markup that could not be brought to rest is shown as its text.
    kind: body.warnings.includes('text-only') ? 'text' : kind,
    theme: isDark ? 'dark' : 'light',
    partsSource: `poppy-part://${token}`,
  });
}
