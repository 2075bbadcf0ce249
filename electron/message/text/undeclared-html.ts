const looksLikeHtml = /^\s*(?:<!doctype html|<html[\s>])/i;

/** Markup from the first letter to the last, without the frame of a page: mail of shops' programs is sent like that. */
function isHtmlFragment(text: string): boolean {
  const front = /^\s*<(?:div|p|table|center|span|font|body|head)(?:\s[^<>]{0,2000})?>/i;
  return front.test(text) && /<\/(?:div|p|table|center|span|font|body|html)>\s*$/i.test(text.slice(-200));
}

/** Whether a text that is declared as plain is HTML. */
export function isUndeclaredHtml(text: string): boolean {
  return isHtmlFragment(text) || (looksLikeHtml.test(text) && /<\/(?:html|body|p|div)>/i.test(text));
}
