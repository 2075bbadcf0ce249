/** A word or phrase to find, and the fields to search. No fields mean all. */
export type WordTerm = {
  readonly kind: 'words';
  readonly text: string;
  readonly fields: readonly ('subject' | 'sender' | 'recipients' | 'attachment' | 'body')[];
  /** The term was in quotation marks: these words must stand in this order and form. */
  readonly isPhrase: boolean;
  /** The last word of an unfinished query also matches longer words. */
  readonly isPrefix: boolean;
  readonly isNegated: boolean;
};

/** A condition that is not about words. */
export type FactTerm =
  | {
      readonly kind: 'attachment' | 'unread' | 'read' | 'starred' | 'partial';
      readonly isNegated: boolean;
    }
  | { readonly kind: 'before' | 'after'; readonly at: number; readonly isNegated: boolean }
  | { readonly kind: 'larger' | 'smaller'; readonly bytes: number; readonly isNegated: boolean }
  | { readonly kind: 'tag'; readonly tag: string; readonly isNegated: boolean }
  | { readonly kind: 'folder'; readonly folder: string; readonly isNegated: boolean };

/** A parsed search. All of its terms must hold. */
export type SearchQuery = { readonly terms: readonly (WordTerm | FactTerm)[] };

const fieldsOf: Readonly<Record<string, WordTerm['fields']>> = {
  from: ['sender'],
  to: ['recipients'],
  cc: ['recipients'],
  subject: ['subject'],
  body: ['body'],
  attachment: ['attachment'],
  filename: ['attachment'],
};

const factsOf: Readonly<Record<string, FactTerm['kind']>> = {
  'has:attachment': 'attachment',
  'is:unread': 'unread',
  'is:read': 'read',
  'is:starred': 'starred',
  'is:partial': 'partial',
};

/** Local midnight of a day written 2024-05-31, 2024-05, 2024, or 31.05.2024; null when it is no date. */
function dayOf(text: string): number | null {
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2] ?? 1), Number(iso[3] ?? 1)]
    : dotted
      ? [Number(dotted[3]), Number(dotted[2]), Number(dotted[1])]
      : [0, 0, 0];
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return new Date(year, month - 1, day).getTime();
}

function bytesOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(text);
  if (match === null) return null;
  const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Number(match[1]) * unit;
}

function factOf(name: string, value: string, isNegated: boolean): FactTerm | null {
  const kind = factsOf[`${name}:${value.toLowerCase()}`];
  if (
    kind === 'attachment' ||
    kind === 'unread' ||
    kind === 'read' ||
    kind === 'starred' ||
    kind === 'partial'
  )
    return { kind, isNegated };
  if (name === 'before' || name === 'after') {
    const at = dayOf(value);
    return at === null ? null : { kind: name, at, isNegated };
  }
  if (name === 'larger' || name === 'smaller') {
    const bytes = bytesOf(value);
    return bytes === null ? null : { kind: name, bytes, isNegated };
  }
  if (name === 'tag' && value !== '') return { kind: 'tag', tag: value, isNegated };
  if (name === 'in' && value !== '') return { kind: 'folder', folder: value, isNegated };
  return null;
}

const termPattern = /(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|«([^»]*)(»?)|(\S+))/giu;

/** Parses the typed text. Nothing is an error: an operator without sense is searched for as words. */
export function parseQuery(text: string): SearchQuery {
  const terms: (WordTerm | FactTerm)[] = [];
  const typed = text.slice(0, 1000);
  for (const match of typed.matchAll(termPattern)) {
    const name = (match[2] ?? '').toLowerCase();
    const quoted = match[3] ?? match[5];
    const value = quoted ?? match[7] ?? '';
    const isNegated = match[1] === '-';
    const fact = name === '' ? null : factOf(name, value, isNegated);
    if (fact !== null) {
      terms.push(fact);
      continue;
    }
    const fields = fieldsOf[name];
    const isLast = match.index + match[0].length === typed.length;
    const isUnknown = name !== '' && fields === undefined;
    terms.push({
      kind: 'words',
      text: isUnknown ? `${name} ${value}` : value,
      fields: fields ?? [],
      isPhrase: quoted !== undefined || isUnknown,
      isPrefix: isLast && quoted === undefined && !isUnknown,
      isNegated,
    });
  }
  return { terms };
}
