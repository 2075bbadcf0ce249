import { htmlToWords } from './html-to-words.ts';

/** A stretch of the body, as plain text, as HTML, or in both forms. Format flags are RFC 3676's. */
export type Piece = {
  readonly text: string | null;
  readonly html: string | null;
  readonly isFlowed: boolean;
  readonly isDelSp: boolean;
};

/** Whether a stretch would show nothing: no letter in its text, no letter or picture in its HTML. */
export function isBlankPiece(piece: Piece): boolean {
  if (piece.text !== null && /\S/.test(piece.text)) return false;
  return piece.html === null || (!/<img\b/i.test(piece.html) && !/\S/.test(htmlToWords(piece.html)));
}

function escaped(text: string): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div style="white-space: pre-wrap">${safe}</div>`;
}

/** One body from stretches that follow one another: in both forms as far as any stretch has them. */
export function combinePieces(pieces: readonly Piece[]): Piece {
  const [first] = pieces;
  if (pieces.length === 1 && first) return first;
  const hasText = pieces.some((piece) => piece.text !== null);
  const hasHtml = pieces.some((piece) => piece.html !== null);
  const texts = pieces.map((piece) => piece.text ?? htmlToWords(piece.html ?? ''));
  const htmls = pieces.map((piece) => piece.html ?? escaped(piece.text ?? ''));
  return {
    text: hasText ? texts.filter((text) => text !== '').join('\n') : null,
    html: hasHtml ? htmls.join('<br>\n') : null,
    isFlowed: pieces.every((piece) => piece.isFlowed || piece.text === null),
    isDelSp: pieces.every((piece) => piece.isDelSp || piece.text === null),
  };
}
