/** Whole messages whose trick is in how they are built; `host` is where they would reach. */
export type MimeTrick = { readonly name: string; readonly message: (host: string) => string };

const picture = (host: string): string =>
  `<p>x<img src="http://${host}/m.png"><script src="http://${host}/m.js"></script>`;
const lines = (...parts: readonly string[]): string => parts.join('\r\n');
const base64 = (bytes: Buffer | string): string =>
  Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
const quoted = (text: string): string =>
  text.replace(
    /[^A-Za-z0-9 ]/g,
    (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
const utf7 = (text: string): string =>
  text.replace(
    /[<>"=&]+/g,
    (piece) => `+${Buffer.from(piece, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`,
  );

/** Every trick of this kind. */
export const mimeTricks: readonly MimeTrick[] = [
  {
    name: 'base64',
    message: (host) =>
      lines('Content-Type: text/html', 'Content-Transfer-Encoding: base64', '', base64(picture(host))),
  },
  {
    name: 'quoted-printable throughout',
    message: (host) =>
      lines(
        'Content-Type: text/html',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        quoted(picture(host)).replace(/.{70}(?<!=.?)/g, '$&=\r\n'),
      ),
  },
  {
    name: 'utf-7',
    message: (host) => lines('Content-Type: text/html; charset=utf-7', '', utf7(picture(host))),
  },
  {
    name: 'utf-16',
    message: (host) =>
      lines(
        'Content-Type: text/html; charset=utf-16',
        'Content-Transfer-Encoding: base64',
        '',
        base64(Buffer.from(`\ufeff${picture(host)}`, 'utf16le')),
      ),
  },
  {
    name: 'iso-2022-jp escapes between',
    message: (host) =>
      lines('Content-Type: text/html; charset=iso-2022-jp', '', `\x1b$B\x1b(B${picture(host)}`),
  },
  {
    name: 'html called text',
    message: (host) => lines('Content-Type: text/plain', '', picture(host)),
  },
  {
    name: 'no type at all',
    message: (host) => lines('MIME-Version: 1.0', '', `<html>${picture(host)}</html>`),
  },
  {
    name: 'second part wins',
    message: (host) =>
      lines(
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'plain',
        '--b',
        'Content-Type: text/html',
        '',
        picture(host),
        '--b--',
      ),
  },
  {
    name: 'related parts by remote location',
    message: (host) =>
      lines(
        'Content-Type: multipart/related; boundary=b',
        `Content-Base: http://${host}/`,
        '',
        '--b',
        'Content-Type: text/html',
        `Content-Location: http://${host}/page.html`,
        '',
        '<img src="m.png"><img src="cid:part@x"><link rel=stylesheet href="cid:sheet@x">',
        '--b',
        'Content-Type: text/css',
        'Content-ID: <sheet@x>',
        '',
        `@import "http://${host}/m.css";`,
        '--b',
        'Content-Type: image/svg+xml',
        'Content-ID: <part@x>',
        '',
        `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://${host}/m.png"/><script>fetch("http://${host}/s")</script></svg>`,
        '--b--',
      ),
  },
  {
    name: 'page as an inline picture',
    message: (host) =>
      lines(
        'Content-Type: multipart/related; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<img src="cid:part@x"><iframe src="cid:part@x"></iframe><object data="cid:part@x"></object>',
        '--b',
        'Content-Type: image/png; name="x.png"',
        'Content-ID: <part@x>',
        '',
        `<html>${picture(host)}</html>`,
        '--b--',
      ),
  },
  {
    name: 'message within a message',
    message: (host) =>
      lines(
        'Content-Type: message/rfc822',
        '',
        'From: x@example.net',
        'Subject: inner',
        'Content-Type: text/html',
        '',
        picture(host),
      ),
  },
  {
    name: 'body kept elsewhere',
    message: (host) =>
      lines(
        `Content-Type: message/external-body; access-type=url; url="http://${host}/body"`,
        '',
        'Content-Type: text/html',
        'Content-ID: <x@x>',
        '',
        '',
      ),
  },
  {
    name: 'headers that name addresses',
    message: (host) =>
      lines(
        `Disposition-Notification-To: <x@${host.split(':')[0]}>`,
        `List-Unsubscribe: <http://${host}/u>`,
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        `X-Image-URL: http://${host}/face.png`,
        `X-Face-URL: http://${host}/face.png`,
        `BIMI-Location: v=BIMI1; l=http://${host}/bimi.svg`,
        `Autocrypt: addr=x@${host.split(':')[0]}; keydata=AAAA`,
        'Content-Type: text/plain',
        '',
        'plain',
      ),
  },
  {
    name: 'link header for the page',
    message: (host) =>
      lines(
        `Link: <http://${host}/x.css>; rel=stylesheet, <http://${host}>; rel=preconnect`,
        `Refresh: 0; url=http://${host}/`,
        `Content-Security-Policy: default-src *`,
        `Content-Location: http://${host}/`,
        'Content-Type: text/html',
        '',
        '<p>x',
      ),
  },
  {
    name: 'boundary that is never closed',
    message: (host) =>
      lines(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        picture(host),
      ),
  },
  {
    name: 'attached page and drawing',
    message: (host) =>
      lines(
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'see attached',
        '--b',
        'Content-Type: text/html; name="page.html"',
        'Content-Disposition: attachment; filename="page.html"',
        '',
        picture(host),
        '--b',
        'Content-Type: image/svg+xml; name="drawing.svg"',
        'Content-Disposition: attachment; filename="drawing.svg"',
        '',
        `<svg xmlns="http://www.w3.org/2000/svg"><image href="http://${host}/m.png"/></svg>`,
        '--b--',
      ),
  },
  {
    name: 'subject and sender with markup',
    message: (host) =>
      lines(
        `Reply-To: "<img src=http://${host}/r.png>" <x@example.net>`,
        `Cc: "<script src=http://${host}/c.js></script>" <y@example.net>`,
        'Content-Type: text/plain',
        '',
        `<img src="http://${host}/t.png"> http://${host}/not-followed`,
      ),
  },
  {
    name: 'invitation with addresses',
    message: (host) =>
      lines(
        'Content-Type: text/calendar; method=REQUEST',
        '',
        'BEGIN:VCALENDAR',
        'METHOD:REQUEST',
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART:20250101T100000Z',
        `SUMMARY:<img src=http://${host}/i.png>`,
        `LOCATION:http://${host}/loc`,
        `ATTACH:http://${host}/attach`,
        `ORGANIZER;CN="<img src=http://${host}/o.png>":mailto:x@example.net`,
        'END:VEVENT',
        'END:VCALENDAR',
      ),
  },
];
