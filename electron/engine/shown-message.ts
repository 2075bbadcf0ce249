import type { BodyView } from '../../shared/message-view.ts';
import type { MessageId } from '../../shared/model.ts';
import type { ShownBody } from '../message/parsing/parse-job.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { buildMessagePage } from '../message/safety/message-page.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import type { ShelfJob } from '../reading/message-shelf.ts';
import type { EngineContext } from './context.ts';

/** What a parse thread made of a message. `trouble` says why there is nothing but the source. */
export type Shown = {
  readonly message: ParsedMessage | null;
  readonly body: ShownBody | null;
  readonly trouble: string | null;
  /** Its text as a person reads it, when it was to be read out. */
  readonly readable: string;
};

/** Parses a message; makes its body fit to be shown, or reads it out, when that is the job. */
export async function parseMessage(context: EngineContext, id: MessageId, job: ShelfJob): Promise<Shown> {
  const reply = await context.shelf.parse(id, job);
  const nothing = { message: null, body: null, readable: '' };
  if (reply === null) return { ...nothing, trouble: 'missing' };
  if (reply.kind === 'parsed') {
    const { message, body, readable = '' } = reply;
    return { message, body, readable, trouble: null };
  }
  return { ...nothing, trouble: reply.kind === 'unparsed' ? reply.reason : reply.kind };
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
  const { format, isDark, find = '' } = body;
  return parseMessage(context, id, { job: 'show', addresses, isDark, format, find });
}

/** Whether remote pictures of a message are shown: this time, or always for its sender. */
export function showsRemote(
  context: EngineContext,
  id: MessageId,
  body: Pick<BodyView, 'allowRemoteOnce'>,
): boolean {
  const summary = context.shelf.isFile(id) ? null : context.store.messages.find(id);
  return (
    body.allowRemoteOnce || (summary !== null && context.store.remotePictures.isAllowed(summary.from.address))
  );
}

/** The body that was made, else the source as one: what is shown when all else fails. */
export async function bodyShown(
  context: EngineContext,
  id: MessageId,
  body: ShownBody | null,
): Promise<ShownBody> {
  if (body !== null) return body;
  const source = await context.shelf.source(id);
  const text = source.ok ? source.value.bytes.toString('latin1') : '';
  return { ...textToHtml(text), shows: 'source', found: 0 };
}

/** A body as the page under a token. */
export function pageHtml(body: ShownBody, isDark: boolean, token: string): string {
  return buildMessagePage(body, {
    // Markup that could not be brought to rest is shown as its text.
    kind: body.shows !== 'html' || body.warnings.includes('text-only') ? 'text' : 'html',
    theme: isDark ? 'dark' : 'light',
    partsSource: `poppy-part://${token}`,
  });
}
