import { expect, test } from 'vitest';
import { folderWith, foundAt } from '../found-at.ts';

const letter = (subject: string) => `Subject: ${subject}\n\nBody.\n`;

function emlx(message: string, flags: bigint): string {
  const plist = `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>date-received</key><integer>1700000000</integer><key>flags</key><integer>${flags}</integer></dict></plist>\n`;
  return `${String(Buffer.byteLength(message)).padEnd(10)}\n${message}${plist}`;
}

const account = 'V10/6F1D2C3B-0000-4000-8000-000000000001';
const inside = '11111111-2222-4333-8444-555555555555/Data/1';

test('Apple Mail gives its mailboxes and flags, and puts attachments back', async () => {
  const partial = `Subject: whole\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nText.\n--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nX-Apple-Content-Length: 8\n\n\n--b--\n`;
  const folder = folderWith({
    // Flags of more than 32 bits.
    [`${account}/INBOX.mbox/${inside}/Messages/1.emlx`]: emlx(letter('one'), (1n << 40n) + 0b10101n),
    [`${account}/INBOX.mbox/${inside}/Messages/2.emlx`]: emlx(letter('gone'), 0b11n),
    [`${account}/INBOX.mbox/${inside}/Messages/3.partial.emlx`]: emlx(partial, 0n),
    [`${account}/INBOX.mbox/${inside}/Attachments/3/2/file.bin`]: 'hello',
    [`${account}/INBOX.mbox/${inside}/Messages/4.emlx`]: `999 \n${letter('cut')}`,
    [`${account}/Дом.mbox/2019.mbox/${inside}/Messages/5.emlx`]: emlx(letter('deep'), 256n),
  });
  const { messages, leftOut, mails } = await foundAt(folder);
  expect([mails[0]?.program, leftOut]).toEqual(['apple-mail', ['deleted', 'damaged']]);
  expect(
    messages.map(({ folder: name, marks, text, receivedAt }) => [name, marks, text, receivedAt]),
  ).toEqual([
    [':INBOX', 'read starred replied', letter('one').replaceAll('\n', '\r\n'), 1_700_000_000_000],
    [
      ':INBOX',
      '',
      partial
        .replace('X-Apple-Content-Length: 8\n', '')
        .replace('base64\n\n\n', 'base64\n\naGVsbG8=\n')
        .replaceAll('\n', '\r\n'),
      1_700_000_000_000,
    ],
    [':Дом/2019', 'forwarded', letter('deep').replaceAll('\n', '\r\n'), 1_700_000_000_000],
  ]);
});
