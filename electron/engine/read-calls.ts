import type { Failure } from '../../shared/failure.ts';
import type { MessageView } from '../../shared/message-view.ts';
import type { Mailbox, MessageId } from '../../shared/model.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { mailtoFor } from '../mailbox/mailto.ts';
import { htmlToWords } from '../message/html-to-words.ts';
import type { ParsedMessage } from '../message/parsed-message.ts';
import { judgeSender } from '../message/safety/header-honesty.ts';
import { judgeLink } from '../message/safety/link.ts';
import { markFound } from '../message/safety/mark-found.ts';
import { buildMessagePage, messagePageHeaders } from '../message/safety/message-page.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import { fetchRemoteImage } from '../message/safety/remote-image.ts';
import type { SafeBody } from '../message/safety/safe-body.ts';
import { textToHtml } from '../message/safety/text-to-html.ts';
import { attachmentViews } from './attachment-calls.ts';
import { type Answers, accountOf, type EngineContext } from './context.ts';
import { attempt } from './expected.ts';
import { invitationOf } from './invitation.ts';
import { printablePage } from './printable-page.ts';
import type { EngineCalls, SchemeContent } from './protocol.ts';

type BodyRequest = EngineCalls['message/read'][0]['body'];
type Shown = {
  readonly message: ParsedMessage | null;
  readonly body: SafeBody | null;
  readonly trouble: string | null;
};

/** Reading: bodies as pages of the message scheme, sources, replies, and what a link leads to. */
export function readCalls(
  context: EngineContext,
): Answers<
  | 'message/read'
  | 'message/source'
  | 'message/choose-charset'
  | 'message/allow-remote'
  | 'message/mailto'
  | 'content/read'
  | 'content/open-file'
  | 'content/printable'
  | 'link/judge'
> {
  const { store, shelf } = context;
  return {
    'message/read': ({ id, body }) => readMessage(context, id, body),
    'message/source': async ({ id }) => {
      const source = await shelf.source(id);
      if (!source.ok) return source;
      const { message } = await parse(context, id, null);
      return ok({
        headers: message?.headers ?? [],
        source: source.value.bytes.toString('latin1'),
        isCut: source.value.isCut,
      });
    },
    'message/choose-charset': ({ id, charset }) => {
      if (shelf.isFile(id)) return ok(null);
      const chosen = attempt(() => store.setMessageChoices(id, { charset }));
      return chosen.ok ? ok(null) : chosen;
    },
    'message/allow-remote': ({ id, scope }) => {
      const address = store.message(id)?.from.address ?? '';
      const value = scope === 'sender' ? address : address.slice(address.lastIndexOf('@') + 1);
      if (value === '') return failed({ kind: 'not-found', canRetry: false });
      const allowed = attempt(() => store.allowRemote(scope, value));
      return allowed.ok ? ok(null) : allowed;
    },
    'message/mailto': async ({ id, kind }) => {
      const { message } = await parse(context, id, null);
      if (message === null) return failed({ kind: 'not-found', canRetry: false });
      const summary = store.message(id);
      const own = summary === null ? '' : (accountOf(context, summary.accountId)?.address ?? '');
      return ok({ url: mailtoFor(kind, answered(message), own) });
    },
    'content/read': ({ token, path }) => readContent(context, token, path),
    'content/open-file': async ({ path }) => {
      const added = await shelf.addFile(path);
      return added.ok ? ok({ id: added.value }) : added;
    },
    'content/printable': async ({ id }) => {
      const token = shelf.newToken();
      const shown = await show(context, id, { format: 'auto', isDark: false, allowRemoteOnce: false }, token);
      const html = printablePage(
        shown.message,
        pageOf(shown.body ?? (await sourceBody(context, id)), false, token),
      );
      shelf.putPage(token, {
        messageId: id,
        html,
        headers: messagePageHeaders({ partsSource: `poppy-part://${token}` }),
        links: [],
        allowsRemote: false,
      });
      return ok({ token, title: shown.message?.subject ?? '' });
    },
    'link/judge': ({ url }) => {
      const verdict = judgeLink({ href: url, text: shelf.linkText(url) });
      const { kind, href, host, hostAscii, reasons } = verdict;
      return { verdict: kind, url: href, host, hostAscii, reasons };
    },
  };
}

/** Parses a message, and cleans its body when a page's addresses are given. */
async function parse(
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

async function show(context: EngineContext, id: MessageId, body: BodyRequest, token: string): Promise<Shown> {
  const summary = context.shelf.isFile(id) ? null : context.store.message(id);
  const isAllowed =
    body.allowRemoteOnce || (summary !== null && context.store.isRemoteAllowed(summary.from.address));
  return parse(context, id, {
    partPrefix: `poppy-part://${token}/part/`,
    remotePrefix: isAllowed ? `poppy-part://${token}/remote/` : null,
  });
}

async function sourceBody(context: EngineContext, id: MessageId): Promise<SafeBody> {
  const source = await context.shelf.source(id);
  return textToHtml(source.ok ? source.value.bytes.toString('latin1') : '');
}

async function readMessage(
  context: EngineContext,
  id: MessageId,
  body: BodyRequest,
): Promise<Result<MessageView, Failure>> {
  const { shelf, store } = context;
  const token = shelf.newToken();
  const shown = await show(context, id, body, token);
  const summary = shelf.summary(id, shown.message);
  if (summary === null) return failed({ kind: 'not-found', canRetry: false });
  const { message } = shown;
  const shows = shownAs(shown, body.format);
  const plain = await bodyShown(context, id, shown, shows);
  const marked = markFound(plain.html, body.find ?? '');
  const safe = { ...plain, html: marked.html };
  const isAllowed = body.allowRemoteOnce || store.isRemoteAllowed(summary.from.address);
  shelf.putPage(token, {
    messageId: id,
    html: pageHtml(safe, shows === 'html' ? 'html' : 'text', body.isDark, token),
    headers: messagePageHeaders({ partsSource: `poppy-part://${token}`, framedBy: 'poppy://window' }),
    links: safe.links,
    allowsRemote: isAllowed,
  });
  const from = message?.from ?? [summary.from];
  return ok({
    summary,
    from: from.map((mailbox) => judged(mailbox)),
    sender: message?.sender ?? null,
    replyTo: message?.replyTo ?? [],
    to: message?.to ?? summary.to,
    cc: message?.cc ?? [],
    dateProblem: message?.dateProblem ?? null,
    bodyUrl: `poppy-message://${token}/`,
    found: marked.count,
    shows,
    hasHtml: message?.html != null,
    hasText: message?.text != null,
    attachments: attachmentViews(message?.attachments ?? []),
    remote: { blocked: safe.blockedRemote, hosts: safe.remoteHosts, isAllowed },
    warnings: [...warningsOf(summary.isDoubtful, shown), ...senderWarnings(message)],
    authentication: (message?.authentication?.results ?? []).map(({ method, result }) => ({
      method,
      result,
    })),
    charset: {
      used: message?.charsets[0]?.used ?? '',
      chosen: shelf.isFile(id) ? null : store.messageChoices(id).charset,
    },
    invitation: invitationOf(message?.calendar ?? null),
    isOnServer: isOnServer(context, id),
  });
}

/** Name and address as they may be shown: no invisible or direction-changing characters. */
function judged(mailbox: Mailbox): Mailbox {
  const { name, address } = judgeSender({ from: mailbox });
  return { name, address };
}

function shownAs({ message }: Shown, format: BodyRequest['format']): MessageView['shows'] {
  if (message === null || message.isSource || format === 'source') return 'source';
  if (format === 'text') return 'text';
  return message.html === null ? 'text' : 'html';
}

async function bodyShown(
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

function pageHtml(body: SafeBody, kind: 'html' | 'text', isDark: boolean, token: string): string {
  return buildMessagePage(body, {
    kind,
    theme: isDark ? 'dark' : 'light',
    partsSource: `poppy-part://${token}`,
  });
}

function pageOf(shown: SafeBody, isDark: boolean, token: string): string {
  return pageHtml(shown, shown.html.includes('poppy-text') ? 'text' : 'html', isDark, token);
}

function warningsOf(isDoubtful: boolean, { message, body, trouble }: Shown): MessageView['warnings'] {
  return [
    ...(isDoubtful ? [{ code: 'doubtful', detail: '' }] : []),
    ...(trouble === null ? [] : [{ code: 'shown-as-source', detail: trouble }]),
    ...(body?.warnings ?? []).map((code) => ({ code, detail: '' })),
    ...(message?.warnings ?? []).map(({ code, detail }) => ({ code, detail })),
  ];
}

function senderWarnings(message: ParsedMessage | null): MessageView['warnings'] {
  const from = message?.from[0];
  if (message === null || from === undefined) return [];
  const sender = judgeSender({ from, replyTo: message.replyTo });
  const replies = message.replyTo.map((mailbox) => judged(mailbox).address).join(', ');
  return sender.flags.map((code) => {
    if (code === 'reply-to-elsewhere') return { code, detail: replies };
    return { code, detail: code === 'name-holds-address' ? sender.name : sender.address };
  });
}

function isOnServer(context: EngineContext, id: MessageId): boolean {
  if (context.shelf.isFile(id)) return false;
  const summary = context.store.message(id);
  if (summary === null) return false;
  const ledger = context.store.ledger(summary.accountId);
  return ledger.keysOfMessage(id).some((key) => {
    const state = ledger.entry(key)?.state;
    return state !== undefined && state !== 'gone' && state !== 'delete-sent';
  });
}

function answered(message: ParsedMessage) {
  const date = message.sentAt === null ? '' : new Date(message.sentAt).toUTCString();
  const who = message.from[0];
  const name = who === undefined ? '' : who.name || who.address;
  return {
    from: message.from,
    replyTo: message.replyTo,
    to: message.to,
    cc: message.cc,
    subject: message.subject,
    messageId: message.messageId === null ? null : `<${message.messageId}>`,
    text: message.text ?? htmlToWords(message.html ?? ''),
    dateLine: `${[name, date].filter((part) => part !== '').join(', ')}:`,
  };
}

const partPath = /^\/part\/([0-9a-z.-]+)$/i;
const picturePath = /^\/picture\/(\d{1,3})$/;
const remotePath = /^\/remote\/(https:.+)$/s;
const closed: Record<string, string> = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Serves a body page, or a raster picture of the same message; nothing else is ever served. */
async function readContent(
  context: EngineContext,
  token: string,
  path: string,
): Promise<SchemeContent | null> {
  const page = context.shelf.page(token);
  if (page === undefined) return null;
  if (path === '/') return { status: 200, headers: page.headers, bytes: Buffer.from(page.html) };
  const part = partPath.exec(path)?.[1];
  if (part !== undefined) return picture(await context.shelf.partBytes(page.messageId, part));
  const made = picturePath.exec(path)?.[1];
  if (made !== undefined) return picture(page.pictures?.[Number(made) - 1] ?? null);
  const remote = remotePath.exec(path)?.[1];
  if (remote === undefined || !page.allowsRemote) return null;
  const image = await fetchRemoteImage(remote);
  return image.ok ? picture(Buffer.from(image.value.bytes)) : null;
}

function picture(bytes: Uint8Array | null): SchemeContent | null {
  if (bytes === null) return null;
  const type = rasterTypeOf(bytes.subarray(0, 16));
  if (type === null) return null;
  return {
    status: 200,
    headers: { ...closed, 'content-type': type, 'cross-origin-resource-policy': 'cross-origin' },
    bytes,
  };
}
