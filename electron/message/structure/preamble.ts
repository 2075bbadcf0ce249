/** Old programs put a notice before the first part for readers without MIME. It names MIME and a reader or a format. */
const preambleSubject = /\bMIME\b(?!-Version)|[Mm]ulti-?[Pp]art/;
const preambleReader = /message|format|reader|client|program|software|decod/i;
/** Headers, delimiters and HTML also stand before the first part, and are no notice. */
const notPreamble = /^(?:content-|mime-version|--|..?-)|<\/?[a-z]/im;

/** A short notice in any language: it names MIME, and is too short to be a letter. Bytes. */
const shortNotice = 300;

/** Whether a text before the first part is only that note. */
export function isStandardPreamble(front: string): boolean {
  const names = /\bMIME\b(?!-Version)/.test(front) && !notPreamble.test(front) && !/https?:|@/.test(front);
  if (names && front.trim().length < shortNotice && front.trim().split(/\r\n?|\n/).length <= 3) return true;
  return (
    front.length < 600 &&
    preambleSubject.test(front) &&
    preambleReader.test(front) &&
    !notPreamble.test(front)
  );
}
