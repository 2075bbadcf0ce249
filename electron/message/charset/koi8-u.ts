/** The eight bytes in which KOI8-U has Ukrainian letters and KOI8-R lines of a box. RFC 2319 §3. */
const ukrainianBesideLetters =
  /[\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd][\xa3\xb3\xc0-\xff]|[\xa3\xb3\xc0-\xff][\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd]/;

/** The charset of bytes that are called koi8-r: koi8-u where its letters stand beside letters, as no lines of a box do. */
export function withKoi8U(bytes: Buffer, charset: string): string {
  return charset === 'koi8-r' && ukrainianBesideLetters.test(bytes.toString('latin1')) ? 'koi8-u' : charset;
}
