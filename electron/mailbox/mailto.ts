import type { Mailbox } from '../../shared/model.ts';

/** Longest address that composers and systems are known to take; the quoted text is cut to fit. Characters. */
const longestUrl = 1_900;

/** What a reply or a forward is made from. */
export type AnsweredMessage = {
  readonly from: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  readonly messageId: string | null;
  /** Plain text of the body; quoted text never carries HTML. */
  readonly text: string;
  readonly dateLine: string;
};

/** The mailto: address that hands a reply or a forward to the system's composer. RFC 6068. */
export function mailtoFor(
  kind: 'reply' | 'reply-all' | 'forward',
  message: AnsweredMessage,
  ownAddress: string,
): string {
  const people = kind === 'forward' ? [] : message.replyTo.length > 0 ? message.replyTo : message.from;
  const others = kind === 'reply-all' ? [...message.to, ...message.cc] : [];
  const to = addressesOf(people);
  const cc = addressesOf(others).filter(
    (address) => !to.includes(address) && address.toLowerCase() !== ownAddress.toLowerCase(),
  );
  const fields: [string, string][] = [['subject', subjectFor(kind, message.subject)]];
  if (cc.length > 0) fields.push(['cc', cc.join(',')]);
  if (kind !== 'forward' && message.messageId !== null) fields.push(['in-reply-to', message.messageId]);
  const start = `mailto:${to.map(encodeAddress).join(',')}?${fields
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
  return withBody(start, `\n\n${message.dateLine}\n${quoted(message.text)}`);
}

function subjectFor(kind: 'reply' | 'reply-all' | 'forward', subject: string): string {
  const plain = subject.replace(/[\r\n\0]+/g, ' ').trim();
  if (kind === 'forward') return /^(fwd?|wg|пересл):/i.test(plain) ? plain : `Fwd: ${plain}`;
  return /^(re|aw|sv|отв)(\[\d+\])?:/i.test(plain) ? plain : `Re: ${plain}`;
}

function addressesOf(mailboxes: readonly Mailbox[]): string[] {
  return [
    ...new Set(
      mailboxes
        .map((mailbox) => mailbox.address)
        .filter((address) => /^[^\s,;<>"]+@[^\s,;<>"]+$/.test(address)),
    ),
  ];
}

function encodeAddress(address: string): string {
  return encodeURIComponent(address).replace('%40', '@');
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
}

/** Adds as much of the body as the longest address allows, cut between lines. */
function withBody(start: string, body: string): string {
  const encode = (text: string) => encodeURIComponent(text.replace(/\r?\n/g, '\r\n'));
  let room = longestUrl - start.length - '&body='.length;
  let taken = '';
  for (const line of body.split('\n')) {
    const next = encode(`${line}\n`);
    if (next.length > room) break;
    room -= next.length;
    taken += next;
  }
  return taken === '' ? start : `${start}&body=${taken}`;
}
