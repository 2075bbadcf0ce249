import type { OwnFields, TakeOwnLines } from './letter.ts';

const nameOf = (field: string) => /^([!-9;-~]+)[ \t]*:/.exec(field)?.[1]?.toLowerCase() ?? '';

/** Fields with their continuation lines and line ends; the blank line behind them is the last, where there is one. */
function fieldsOf(headers: string): string[] {
  return headers.split(/(?<=\n)(?![ \t])/);
}

function textOf(field: string): string {
  return field
    .slice(field.indexOf(':') + 1)
    .replace(/\r?\n(?=[ \t])/g, '')
    .trim();
}

function taken(fields: readonly string[]): OwnFields {
  const own = new Map<string, string>();
  for (const field of fields) if (!own.has(nameOf(field))) own.set(nameOf(field), textOf(field));
  return own;
}

/**
 * Takes the block of a program's own lines at the top of the headers. What stands further down is the person's or a
 * server's. One of the fields in `certain` must be in the block.
 */
export function ownLinesAtTop(names: ReadonlySet<string>, certain: ReadonlySet<string>): TakeOwnLines {
  return (headers) => {
    const fields = fieldsOf(headers);
    const end = fields.findIndex((field) => !names.has(nameOf(field)));
    const block = fields.slice(0, end === -1 ? fields.length : end);
    if (!block.some((field) => certain.has(nameOf(field)))) return { kept: headers, own: new Map() };
    return { kept: fields.slice(block.length).join(''), own: taken(block) };
  };
}

/** Takes the block of a program's own lines at the end of the headers. One of those in `certain` must be in it. */
export function ownLinesAtEnd(names: ReadonlySet<string>, certain: ReadonlySet<string>): TakeOwnLines {
  return (headers) => {
    const fields = fieldsOf(headers);
    const isBlankLast = nameOf(fields.at(-1) ?? '') === '';
    const end = isBlankLast ? fields.length - 1 : fields.length;
    let start = end;
    while (start > 0 && names.has(nameOf(fields[start - 1] ?? ''))) start -= 1;
    const block = fields.slice(start, end);
    if (!block.some((field) => certain.has(nameOf(field)))) return { kept: headers, own: new Map() };
    return { kept: [...fields.slice(0, start), ...fields.slice(end)].join(''), own: taken(block) };
  };
}

/** Takes by the first of these that takes something. */
export function firstThatTakes(...takers: readonly TakeOwnLines[]): TakeOwnLines {
  return (headers) => {
    for (const take of takers) {
      const found = take(headers);
      if (found.own.size > 0) return found;
    }
    return { kept: headers, own: new Map() };
  };
}
