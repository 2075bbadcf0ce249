import type { EmailAddress } from '../../../shared/message.ts';
import type { ParsedMessage } from '../../message/parsing/parsed-message.ts';

/*
 * How replies and forwards leave.
 *
 * Poppy does not send mail. It makes a mailto: address and hands it to the system's composer (RFC 6068). The address
 * holds plain text only. It must fit into the longest address of the system, so the quoted text is cut first, and a
 * mark shows the cut.
 */

/** The parts of a message that a reply or a forward needs. */
export type AnsweredMessage = {
  readonly from: readonly EmailAddress[];
  readonly replyTo: readonly EmailAddress[];
  readonly to: readonly EmailAddress[];
  readonly cc: readonly EmailAddress[];
  readonly subject: string;
  /** Ids are without angle brackets. */
  readonly messageId: string | null;
  readonly references: readonly string[];
  /** Plain text of the body. A quote never carries HTML. */
  readonly text: string;
  /** The text before the quote, in the person's language. May have several lines. */
  readonly intro: string;
};

/** Takes these parts from a parsed message. RFC 5322 §3.6.4: a message without References passes its In-Reply-To on. */
export function answeredMessage(
  { from, replyTo, to, cc, subject, messageId, references, inReplyTo }: ParsedMessage,
  words: Pick<AnsweredMessage, 'text' | 'intro'>,
): AnsweredMessage {
  // Several ids in In-Reply-To are not a chain of ancestors.
  const earlier = references.length > 0 || inReplyTo.length > 1 ? references : inReplyTo;
  return { from, replyTo, to, cc, subject, messageId, references: earlier, ...words };
}

/** The person's own addresses, and the greatest length of the mailto: address in characters. */
export type MailtoLimits = { readonly ownAddresses: readonly string[]; readonly longestUrl: number };

/** Room for the ids of earlier messages; characters. Composers that group conversations need only the last ids. */
const longestReferences = 400;

/** The longest address that a system hands to a composer. Windows cuts at 2,083 characters, others take long ones. */
export function longestMailto(platform: NodeJS.Platform): number {
  return platform === 'win32' ? 1_900 : 12_000;
}

/** The mailto: address that hands a reply or a forward to the system's composer. RFC 6068. */
export function mailtoFor(
  kind: 'reply' | 'reply-all' | 'forward',
  message: AnsweredMessage,
  { ownAddresses, longestUrl }: MailtoLimits,
): string {
  const own = new Set(ownAddresses.map((address) => address.toLowerCase()));
  const people = kind === 'forward' ? [] : message.replyTo.length > 0 ? message.replyTo : message.from;
  const others = kind === 'reply-all' ? [...message.to, ...message.cc] : [];
  const to = addressesOf(people);
  const taken = new Set(to.map((address) => address.toLowerCase()));
  const cc = addressesOf(others).filter(
    (address) => !taken.has(address.toLowerCase()) && !own.has(address.toLowerCase()),
  );
  const fields: [string, string][] = [['subject', subjectFor(kind, message.subject)]];
  if (cc.length > 0) fields.push(['cc', cc.join(',')]);
  if (kind !== 'forward' && message.messageId !== null) {
    fields.push(['in-reply-to', `<${message.messageId}>`]);
    fields.push(['references', lastIds([...message.references, message.messageId])]);
  }
  const start = `mailto:${to.map(encodeAddress).join(',')}?${fields
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')}`;
  const body = kind === 'forward' ? message.text : quoted(message.text);
  return withBody(start, `\n\n${message.intro}\n${body}`, longestUrl);
}

function subjectFor(kind: 'reply' | 'reply-all' | 'forward', subject: string): string {
  const plain = subject
    .replace(/[\r\n\0]+/g, ' ')
    .trim()
    .slice(0, 300);
  if (kind === 'forward') return /^(fwd?|wg|пересл|fw):/i.test(plain) ? plain : `Fwd: ${plain}`;
  return /^(re|aw|sv|отв)(\[\d+\])?:/i.test(plain) ? plain : `Re: ${plain}`;
}

function lastIds(ids: readonly string[]): string {
  const kept: string[] = [];
  let room = longestReferences;
  for (const id of ids.toReversed()) {
    room -= encode(`<${id}> `).length;
    if (room < 0 && kept.length > 0) break;
    kept.unshift(`<${id}>`);
  }
  return kept.join(' ');
}

/** Addresses that a mailto: can hold. Each stands once, whatever its case. */
function addressesOf(mailboxes: readonly EmailAddress[]): string[] {
  const addresses = new Map<string, string>();
  for (const { address } of mailboxes)
    if (/^[^\s,;<>"]+@[^\s,;<>"]+$/.test(address) && !addresses.has(address.toLowerCase()))
      addresses.set(address.toLowerCase(), address);
  return [...addresses.values()];
}

/** A message may hold half a surrogate pair, which cannot be encoded. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

function encodeAddress(address: string): string {
  return encode(address).replace('%40', '@');
}

function quoted(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
}

/** Shows that the text was cut here. */
const ellipsis = encodeURIComponent('[…]');

/** Adds as much of the body as the longest address allows. A mark stands where the rest was cut. */
function withBody(start: string, body: string, longestUrl: number): string {
  let room = longestUrl - start.length - '&body='.length - ellipsis.length;
  let taken = '';
  for (const line of body.replace(/\r\n?/g, '\n').split('\n')) {
    const next = encode(`${line}\r\n`);
    if (next.length > room) {
      taken += `${encode(beginning(line, room))}${ellipsis}`;
      break;
    }
    room -= next.length;
    taken += next;
  }
  return room < 0 ? start : `${start}&body=${taken}`;
}

/** As many whole words of a line as fit once they are encoded. */
function beginning(line: string, room: number): string {
  let length = 0;
  let taken = '';
  for (const word of line.match(/\s*\S+/g) ?? []) {
    length += encode(word).length;
    if (length + 3 > room) break;
    taken += word;
  }
  return taken === '' ? '' : `${taken} `;
}
