/** Links of a message that lead to one of its own files. */

/**
 * The file that a link leads to, by the token of the page that shows its message; null for any other link, and where no
 * page of that token is shown: a message cannot name a file of another one.
 */
export function partAskedFor(
  url: string,
  tokens: readonly string[],
): { readonly token: string; readonly part: string } | null {
  const [, token, part] = /^poppy-part:\/\/([\w-]+)\/part\/([\d.]{1,200})$/.exec(url) ?? [];
  if (token === undefined || part === undefined || !tokens.includes(token)) return null;
  return { token, part };
}
