/** What a letter of a test says of itself; everything has a default. */
type LetterFacts = {
  readonly from?: string;
  /** RFC 5322; letters of one date are listed in no order that a test could rely on. */
  readonly date?: string;
  /** More headers, each ended by CRLF. */
  readonly headers?: string;
  readonly body?: string;
};

/** A plain letter to anna@example.org. */
export function letter(subject: string, facts: LetterFacts = {}): string {
  const {
    from = 'Boris <boris@example.net>',
    date = 'Fri, 1 Mar 2024 10:00:00 +0000',
    headers = '',
    body = `About ${subject}.\r\n`,
  } = facts;
  return `From: ${from}\r\nTo: anna@example.org\r\nSubject: ${subject}\r\nDate: ${date}\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@example.net>\r\n${headers}\r\n${body}`;
}

/** Lines of text of about so many bytes. */
export function lines(sizeBytes: number): string {
  const line = 'A line of a letter that says nothing much, again.\r\n';
  return line.repeat(Math.ceil(sizeBytes / line.length));
}

/** How a test reaches anna's mailbox on a port of this computer, in the clear. */
export function inTheClear(port: number, user = 'anna') {
  return { host: '127.0.0.1', port, security: 'none', user, password: 'secret' } as const;
}
