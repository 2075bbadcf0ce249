import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { type ParsedMail, simpleParser } from 'mailparser';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectMessage } from '../../electron/message/parsing/inspect.ts';
import { sampleMessages } from '../../electron/sample/sample-messages.ts';
import { startSampleServer } from '../../electron/sample/sample-server.ts';
import { signedIn } from './pop3-talk.ts';

const now = Date.UTC(2026, 4, 20, 12, 0, 0);
const messages = sampleMessages(now);
const parsed = new Map<string, ParsedMail>();

beforeAll(async () => {
  for (const { uidl, bytes } of messages) parsed.set(uidl, await simpleParser(bytes));
});

function mail(uidl: string): ParsedMail {
  const found = parsed.get(uidl);
  if (found === undefined) throw new Error(`no message ${uidl}`);
  return found;
}

describe('the sample messages', () => {
  test('are many, have ids of their own, and are the same at every start', () => {
    const again = sampleMessages(now);
    const uidls = new Set(messages.map(({ uidl }) => uidl));
    expect({
      many: messages.length >= 40,
      distinct: uidls.size === messages.length,
      lawful: [...uidls].every((uidl) => /^[\x21-\x7e]{1,70}$/.test(uidl)),
      same: again.every(({ uidl, bytes }, index) => {
        const first = messages[index];
        return first?.uidl === uidl && first.bytes.equals(bytes);
      }),
      sameOrderLater: sampleMessages(now + 7_777_777).map(({ uidl }) => uidl),
    }).toEqual({
      many: true,
      distinct: true,
      lawful: true,
      same: true,
      sameOrderLater: messages.map(({ uidl }) => uidl),
    });
  });

  test('keep to the line endings of mail, and no character is lost', () => {
    const bad = messages.filter(({ bytes }) => /[^\r]\n|\r[^\n]/.test(bytes.toString('latin1')));
    // mailparser alone does not guess the character set of raw 8-bit headers; Poppy's own reading does
    const lost = messages.filter(({ uidl }) => {
      const { subject = '', text = '', html, from } = mail(uidl);
      return /\ufffd/.test(subject + text + (html || '') + (from?.text ?? ''));
    });
    expect([bad.map(({ uidl }) => uidl), lost.map(({ uidl }) => uidl)]).toEqual([
      [],
      ['sample-ru-raw-header'],
    ]);
  });

  test('are all read by Poppy itself without a warning or a lost character', async () => {
    const read = await Promise.all(
      messages.map(async ({ uidl, bytes }) => ({ uidl, shown: await inspectMessage(bytes) })),
    );
    const odd = read.filter(({ shown }) => shown.warnings.length > 0 || /\ufffd/.test(JSON.stringify(shown)));
    const raw = read.find(({ uidl }) => uidl === 'sample-ru-raw-header')?.shown;
    expect({
      odd: odd.map(({ uidl }) => uidl),
      rawSubject: raw?.subject,
      rawFrom: raw?.from,
      dateless: read.filter(({ shown }) => shown.date === null).map(({ uidl }) => uidl),
    }).toEqual({
      odd: [],
      rawSubject: 'Привет из девяносто шестого года',
      rawFrom: [{ name: 'Старый Модем', address: 'ham@old-modem.example' }],
      dateless: ['sample-odd-date'],
    });
  });

  test('are read as they were written', () => {
    expect({
      koi8: mail('sample-ru-radio').subject,
      koi8From: mail('sample-ru-radio').from?.text,
      windows1251: mail('sample-ru-library').text?.slice(0, 18),
      csv: mail('sample-ru-spreadsheet').attachments.map(({ filename }) => filename),
      japanese: mail('sample-script-japanese').subject,
      emoji: mail('sample-odd-emoji').subject,
      longSubject: mail('sample-odd-long-subject').subject?.endsWith('remarks on brevity'),
      nestedIn: mail('sample-file-nested').attachments.map(({ contentType }) => contentType),
      thread: mail('sample-hut-six').references?.length,
      date: mail('sample-welcome').date?.getTime(),
      nonsenseDate: /half past tea/.test(
        mail('sample-odd-date').headerLines.find(({ key }) => key === 'date')?.line ?? '',
      ),
      recipients: [mail('sample-odd-many-recipients').to].flat().flatMap((to) => to?.value ?? []).length,
    }).toEqual({
      koi8: 'Поймал сигнал с Сахалина!',
      koi8From: '"Лёша Кузнецов" <lyosha@radio.example>',
      windows1251: 'Здравствуйте, Саша',
      csv: ['Урожай этого года.csv'],
      japanese: '屋上の秋',
      emoji: '🎉🎂 You are invited 👩‍👩‍👧‍👦 (bring 🍓, not 🦆)',
      longSubject: true,
      nestedIn: ['message/rfc822'],
      thread: 5,
      date: now - 0.2 * 3_600_000,
      nonsenseDate: true,
      recipients: 40,
    });
  });

  test('carry valid files', () => {
    const bytes = (uidl: string, name: string) =>
      mail(uidl).attachments.find(({ filename }) => filename === name)?.content ?? Buffer.alloc(0);
    const pdf = bytes('sample-file-tickets', 'tickets.pdf').toString('latin1');
    const zip = bytes('sample-file-songs', 'songs.zip');
    const wav = bytes('sample-file-concert-five-megabytes', 'evening bells.wav');
    const png = bytes('sample-holiday-pictures', 'noon.png');
    const start = Number(/startxref\n(\d+)/.exec(pdf)?.[1]);
    expect({
      pdf: pdf.slice(start, start + 4),
      zip: [zip.subarray(0, 4).toString('latin1'), zip.readUInt16LE(zip.length - 12)],
      wavMegabytes: Math.round(wav.length / 1e6),
      wav: wav.readUInt32LE(4) === wav.length - 8,
      png: inflateSync(png.subarray(41, 41 + png.readUInt32BE(33))).length,
      total: messages.reduce((sum, message) => sum + message.bytes.length, 0) > 5_000_000,
    }).toEqual({
      pdf: 'xref',
      zip: ['PK\x03\x04', 3],
      wavMegabytes: 5,
      wav: true,
      png: 250 * 1201,
      total: true,
    });
  });

  test('come through the sample server byte for byte', async () => {
    const server = await startSampleServer({ messages });
    try {
      const talk = await signedIn(server);
      const digests: string[] = [];
      for (let number = 1; number <= messages.length; number += 1) {
        const reply = await talk.ask(`RETR ${number}`);
        digests.push(sha256(Buffer.from(reply.slice(reply.indexOf('\r\n') + 2), 'latin1')));
      }
      expect(digests).toEqual(messages.map(({ bytes }) => sha256(withLastLineEnding(bytes))));
    } finally {
      await server.stop();
    }
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function withLastLineEnding(bytes: Buffer): Buffer {
  return bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}
