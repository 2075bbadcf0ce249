/** Where the headers of a message begin: after blank lines, a byte order mark, and the `From ` line of an mbox file. */
export function skipPreface(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const skipBlankLines = (): void => {
    while (at < bytes.length && (bytes[at] === 0x0d || bytes[at] === 0x0a)) at++;
  };
  skipBlankLines();
  if (bytes[at] !== 0x46 && bytes[at] !== 0x3e) return at;
  const line = Buffer.from(bytes.subarray(at, at + 300)).toString('latin1');
  // `From` and a blank: with a colon it would be the header.
  const envelope = /^>?From [^\r\n]*(?:\r\n|\n|\r)/.exec(line);
  if (envelope && !/^>?From (?:[^\s:]*| +):/.test(line)) {
    at += envelope[0].length;
    skipBlankLines();
  }
  return at;
}
