import type { MessageId } from '../../shared/ids.ts';
import type { BodyView } from '../../shared/message-view.ts';
import type { ShownBody } from '../message/parsing/parse-job.ts';
import type { ParsedMessage } from '../message/parsing/parsed-message.ts';
import { buildMessagePage } from '../message/safety/message-page.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import type { MessageShelf, ShelfJob } from './message-shelf.ts';
import { sourceBytes } from './message-source.ts';
import type { RemotePictures } from './remote-pictures.ts';
import type { ShownPages } from './shown-pages.ts';

/** What a body is put up with. */
export type ShowTools = {
  readonly shelf: MessageShelf;
  readonly pages: ShownPages;
  readonly remotePictures: RemotePictures;
};

/** What a parse worker made of a message. `trouble` says why only the source can be shown. */
export type Shown = {
  readonly message: ParsedMessage | null;
  readonly body: ShownBody | null;
  readonly trouble: string | null;
  /** The text as a person reads it, where the job was to read it out. */
  readonly readable: string;
};

/** Parses a message. Its body is made fit to be shown, or read out, where that is the job. */
export async function parseMessage(
  shelf: Pick<MessageShelf, 'parse'>,
  id: MessageId,
  job: ShelfJob,
): Promise<Shown> {
  const reply = await shelf.parse(id, job);
  const nothing = { message: null, body: null, readable: '' };
  if (reply === null) return { ...nothing, trouble: 'missing' };
  if (reply.kind === 'parsed') {
    const { message, body, readable = '' } = reply;
    return { message, body, readable, trouble: null };
  }
  return { ...nothing, trouble: reply.kind === 'unparsed' ? reply.reason : reply.kind };
}

/** Parses a message to be shown under a token, with remote pictures where the person has allowed them. */
export async function showMessage(
  { shelf, remotePictures }: ShowTools,
  id: MessageId,
  body: BodyView,
  token: string,
): Promise<Shown> {
  const addresses = {
    partPrefix: `poppy-part://${token}/part/`,
    remotePrefix: remotePictures.areAllowed(id, body) ? `poppy-part://${token}/remote/` : null,
  };
  const { format, isDark, find = '' } = body;
  return parseMessage(shelf, id, { job: 'show', addresses, isDark, format, find });
}

/** The body that was made. Where there is none, the source stands in for it: that can always be shown. */
export async function bodyShown(
  shelf: MessageShelf,
  id: MessageId,
  body: ShownBody | null,
): Promise<ShownBody> {
  if (body !== null) return body;
  return { ...textToHtml(await sourceText(shelf, id)), shows: 'source', found: 0 };
}

/** The beginning of a message as it was received; empty where it cannot be read. */
export async function sourceText(shelf: Pick<MessageShelf, 'place'>, id: MessageId): Promise<string> {
  const source = await sourceBytes(shelf, id);
  return source.ok ? source.value.bytes.toString('latin1') : '';
}

/** The whole page of a body under a token. */
export function pageHtml(body: ShownBody, isDark: boolean, token: string): string {
  return buildMessagePage(body, {
    // Markup that the cleaner could not finish is shown as its text.
    kind: body.shows !== 'html' || body.warnings.includes('text-only') ? 'text' : 'html',
    theme: isDark ? 'dark' : 'light',
    partsSource: `poppy-part://${token}`,
  });
}
