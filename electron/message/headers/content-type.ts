import { allFields, firstField, type HeaderField } from './header-block.ts';
import { type ParameterisedValue, parseParameterised, plainParameter } from './parameters.ts';

const noParameters: ParameterisedValue['parameters'] = new Map();
const token = /^[a-z0-9!#$&^_.+-]{1,120}\/[a-z0-9!#$&^_.+*-]{1,120}$/;

/** Words that senders write where a type should stand. */
const loneTypes: Record<string, string> = {
  text: 'text/plain',
  plain: 'text/plain',
  ascii: 'text/plain',
  html: 'text/html',
  multipart: 'multipart/mixed',
  mixed: 'multipart/mixed',
  alternative: 'multipart/alternative',
  message: 'message/rfc822',
  pdf: 'application/pdf',
};

/** The type as its header means it, or null when the header is no type at all. */
function typeOf(value: ParameterisedValue): string | null {
  const main = value.main.replace(/^["'<]+|["'>]+$/g, '');
  if (main === 'text/x-html' || main === 'text/htm' || main === 'application/xhtml+xml') return 'text/html';
  if (main === 'message/rfc2822') return 'message/rfc822';
  if (token.test(main)) return main;
  const lone = loneTypes[main.replace(/\/.*$/, '')];
  if (lone !== undefined) return lone;
  if (plainParameter(value, 'boundary') !== null) return 'multipart/mixed';
  return /^(?:application|image|audio|video|file|attachment|octet-stream|binary|x-)/.test(main)
    ? 'application/octet-stream'
    : null;
}

/** The type of a part with its parameters, `fallback` where there is no readable Content-Type. RFC 2045 §5.2. */
export function contentTypeOf(
  fields: readonly HeaderField[],
  fallback: string,
): { readonly type: string; readonly value: ParameterisedValue; readonly isDeclared: boolean } {
  // Of several Content-Type fields the first that is a type counts.
  let unreadable: ParameterisedValue = { main: '', parameters: noParameters };
  for (const raw of allFields(fields, 'content-type').slice(0, 10)) {
    if (raw === '') continue;
    const value = parseParameterised(raw);
    const type = typeOf(value);
    if (type !== null) return { type, value, isDeclared: true };
    unreadable = value;
  }
  return { type: fallback, value: unreadable, isDeclared: false };
}

/** The Content-Disposition with its parameters, or null. Its main word is often missing or made up. RFC 2183. */
export function dispositionOf(fields: readonly HeaderField[]): ParameterisedValue | null {
  const raw = firstField(fields, 'content-disposition');
  return raw === null || raw === '' ? null : parseParameterised(raw);
}
