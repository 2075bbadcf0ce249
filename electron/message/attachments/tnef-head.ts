import { type Property, property, textOf, unicodeType } from './tnef-properties.ts';

/** The fields of a message in TNEF. */
export type TnefHead = {
  readonly subject: string | null;
  readonly from: string | null;
  readonly fromAddress: string | null;
  readonly to: string | null;
  /** Milliseconds since the epoch. */
  readonly sentAt: number | null;
  /** The members of a distribution list, as `Name <address>`. */
  readonly members: readonly string[];
};

/** Milliseconds between 1601, from which Windows counts, and 1970. */
const windowsEpochMs = 11_644_473_600_000;
const mostMembers = 500;

/** The people of a distribution list: each is an entry with name, kind and address one after the other. [MS-OXCDATA] §2.2.5. */
function membersOf(properties: readonly Property[]): string[] {
  const people: string[] = [];
  for (const { id, type, value } of properties) {
    if (id < 0x8000 || type !== 0x102 || value.length < 30 || people.length >= mostMembers) continue;
    const isUtf16 = (value.readUInt16LE(22) & 0x8000) !== 0;
    const [name = '', , address = ''] = value.toString(isUtf16 ? 'utf16le' : 'latin1', 24).split('\0');
    const member = name === address ? address : `${name} <${address}>`;
    if (/^[^\s@]+@[^\s@]+$/.test(address) && !people.includes(member)) people.push(member);
  }
  return people;
}

/** What the properties of a message say of it. `decode` reads its 8-bit strings. */
export function headOf(properties: readonly Property[], decode: (bytes: Buffer) => string): TnefHead {
  const find = (id: number): Property | undefined => properties.find((one) => one.id === id);
  const text = (id: number): string | null => {
    const found = find(id);
    return found ? textOf(found.value, found.type === unicodeType, decode) : null;
  };
  const sent = find(property.sentAt)?.value;
  const sentAt = sent && sent.length >= 8 ? Number(sent.readBigUInt64LE(0) / 10_000n) - windowsEpochMs : null;
  const isList = /distlist/i.test(text(property.messageClass) ?? '');
  return {
    subject: text(property.subject) ?? text(property.displayName),
    from: text(property.senderName),
    fromAddress: text(property.senderAddress) ?? text(property.senderEmail),
    to: text(property.displayTo),
    sentAt,
    members: isList || properties.some(({ id }) => id >= 0x8000) ? membersOf(properties) : [],
  };
}
