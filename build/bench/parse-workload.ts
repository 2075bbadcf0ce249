import { base64, lines, quoted, someBytes, word } from '../../test/messages/made-message.ts';

const sentences = [
  'Добрый день! Высылаю вам договор на подпись, жду ответа до пятницы.',
  'Please find the minutes of our meeting below; comments are welcome until Monday.',
  'Мы получили ваш заказ и передали его в доставку, спасибо за покупку.',
  'The new version is ready for testing, see the notes at the end of this message.',
];

function prose(size: number, seed: number): string {
  let text = '';
  for (let at = seed; text.length < size; at++)
    text += `${sentences[at % sentences.length]}${at % 5 === 0 ? '\r\n' : ' '}`;
  return text;
}

function page(size: number, seed: number): string {
  let rows = '';
  for (let at = seed; rows.length < size; at++)
    rows += `<tr><td style="font: 14px Arial; padding: 8px"><a href="https://example.com/${at}">${sentences[at % 4]}</a><br>${at}</td></tr>\r\n`;
  return `<html><head><style>td { color: #333 }</style></head><body><table>${rows}</table></body></html>`;
}

const received =
  'Received: from mx.example.org (mx.example.org [192.0.2.1]) by mail.example.com with ESMTPS id 4Xab;\r\n\tTue, 5 Mar 2024 14:07:09 +0000';

function head(seed: number): string {
  return lines(
    ...Array.from({ length: 5 }, () => received),
    `DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=a; bh=${'x'.repeat(43)}=;\r\n\tb=${'y'.repeat(300)}`,
    `From: ${word('Пётр Иванов')} <petr@example.org>`,
    'To: "Ann Lee" <ann@example.com>, b@example.com',
    `Subject: ${word(`Приглашение номер ${seed}`)}`,
    `Message-ID: <${seed}@example.org>`,
    `References: <${seed - 1}@example.org> <${seed - 2}@example.org>`,
    'Date: Tue, 5 Mar 2024 14:07:09 +0000',
    'MIME-Version: 1.0',
  );
}

const shapes: ((size: number, seed: number) => string)[] = [
  (size, seed) =>
    lines(
      head(seed),
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      quoted(Buffer.from(prose(size / 4, seed))),
    ),
  (size, seed) =>
    lines(
      head(seed),
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      quoted(Buffer.from(page(size / 4, seed))),
    ),
  (size, seed) =>
    lines(
      head(seed),
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(prose(size / 8, seed)),
      '--b',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(page(size / 3, seed)),
      '--b--',
      '',
    ),
  (size, seed) =>
    lines(
      head(seed),
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      prose(size / 10, seed),
      '--b',
      'Content-Type: application/pdf; name="a.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      base64(someBytes((size * 6) / 10, seed)),
      '--b--',
      '',
    ),
];

/** Messages of about one size as they come in everyday mail: text, newsletter, both forms, a file. The same each time. */
export function workload(count: number, size: number): Buffer[] {
  return Array.from({ length: count }, (_, seed) =>
    Buffer.from((shapes[seed % shapes.length] ?? prose)(size, seed)),
  );
}
