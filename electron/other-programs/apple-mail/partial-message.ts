import { bytesOf, entriesOf, type FilePath, kindAt, within } from '../files/mail-files.ts';

const lineLength = 76;

/**
 * Puts attachments back into a message that Apple Mail has taken them out of. Each part without a body says how long it
 * was; its bytes are in `Attachments/NUMBER/PART/NAME`. The lines of base64 may be other ones than the server's.
 */
export function withAttachments(message: Buffer, attachments: FilePath): Buffer {
  const text = message.toString('latin1');
  const filled = fill(text, [], attachments);
  return Buffer.from(filled, 'latin1');
}

/** Fills the parts of one entity; `path` are its numbers, as in IMAP. */
function fill(entity: string, path: readonly number[], attachments: FilePath): string {
  const cut = /\r?\n\r?\n/.exec(entity);
  const headers = cut === null ? entity : entity.slice(0, cut.index);
  const body = cut === null ? '' : entity.slice(cut.index + cut[0].length);
  if (/^x-apple-content-length:/im.test(headers)) return filledPart(headers, path, attachments) ?? entity;
  const [, quoted, plain] =
    /^content-type:[ \t]*multipart\/[\s\S]*?\bboundary=(?:"([^"]+)"|([^\s;]+))/im.exec(headers) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || cut === null) return entity;
  const pieces = body.split(`--${boundary}`);
  const inner = pieces.map((piece, index) => {
    if (index === 0 || piece.startsWith('--')) return piece;
    const [, start = '', part = '', end = ''] = /^([ \t]*\r?\n)([\s\S]*?)(\r?\n)?$/.exec(piece) ?? [];
    return start === '' ? piece : `${start}${fill(part, [...path, index], attachments)}${end}`;
  });
  return `${headers}${cut[0]}${inner.join(`--${boundary}`)}`;
}

function filledPart(headers: string, path: readonly number[], attachments: FilePath): string | null {
  const folder = within(attachments, path.join('.'));
  const file =
    kindAt(folder) === 'folder' ? entriesOf(folder).find(({ kind }) => kind === 'file') : undefined;
  const bytes = file === undefined ? null : bytesOf(file.path);
  if (bytes === null) return null;
  const end = /\r\n/.test(headers) ? '\r\n' : '\n';
  const fields = headers
    .split(/\r?\n(?![ \t])/)
    .filter((field) => !/^(?:x-apple-content-length|content-transfer-encoding):/i.test(field));
  const lines = bytes.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return [...fields, 'Content-Transfer-Encoding: base64', '', ...lines].join(end);
}
