import { describe, expect, test } from 'vitest';
import { cleanAttachmentName, numberedName } from '../../../electron/message/safety/attachment-name.ts';
import { judgeAttachment, quarantineValue, zoneIdentifier } from '../../../shared/attachment-policy.ts';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the name of an attachment', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['отчёт за май.docx', 'отчёт за май.docx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
    ['/absolute/', 'absolute'],
    ['~/notes/plan.txt', 'plan.txt'],
    ['a/../b.txt', 'b.txt'],
    ['\\\\server\\share\\plan.txt', 'plan.txt'],
    ['Счёт 12/2024 от 05/03.pdf', 'Счёт 12_2024 от 05_03.pdf'],
    ['Offer 3/4.pdf', 'Offer 3_4.pdf'],
    ['either\\or.txt', 'either_or.txt'],
    ['..', 'attachment'],
    ['', 'attachment'],
    ['???', 'attachment'],
    ['.bashrc', 'bashrc'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['photo.jpg\u200b', 'photo.jpg'],
    ['photo.jpg . .', 'photo.jpg'],
    ['a\r\nb\tc\0.txt', 'abc.txt'],
    ['a:b*c?"<>|.txt', 'a_b_c_____.txt'],
    ['file.txt:stream', 'file.txt_stream'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com1.log', '_com1.log'],
    ['LPT9', '_LPT9'],
    ['console.log', 'console.log'],
    ['e\u0301.txt', 'é.txt'],
    ['\u3164\u2800.pdf', 'pdf'],
  ])('%j becomes %j', (raw, expected) => {
    expect(cleanAttachmentName(raw)).toBe(expected);
  });

  test('gets the extension of its type when it has none', () => {
    expect([
      cleanAttachmentName('', 'png'),
      cleanAttachmentName('scan', 'pdf'),
      cleanAttachmentName('a.b', 'pdf'),
    ]).toEqual(['attachment.png', 'scan.pdf', 'a.b']);
  });

  test('is cut to 200 bytes between characters, with its extension', () => {
    const name = cleanAttachmentName(`${'ж'.repeat(300)}.docx`);
    expect([
      Buffer.byteLength(name),
      name.endsWith('ж.docx'),
      Buffer.byteLength(cleanAttachmentName('x'.repeat(999))),
    ]).toEqual([199, true, 200]);
  });

  test('of megabytes costs nothing', () => {
    expect(cleanAttachmentName(`x${' .'.repeat(1_000_000)}y.pdf`)).toBe('x.pdf');
  });

  test('can be numbered', () => {
    expect([numberedName('a.pdf', 2), numberedName('readme', 3)]).toEqual(['a (2).pdf', 'readme (3)']);
  });
});

describe('what happens to an attachment', () => {
  const judged = (name: string, head = '', type = 'application/octet-stream'): string => {
    const verdict = judgeAttachment({ name, type, head: latin1(head) });
    return verdict.kind === 'open' ? 'open' : verdict.reason;
  };

  test.each([
    ['report.pdf', '%PDF-1.7'],
    ['letter.docx', 'PK\x03\x04word/document.xml'],
    ['old.doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    ['photo.JPG', '\xff\xd8\xff\xe0'],
    ['notes.txt', '<html> is how a page begins'],
    ['archive.zip', 'PK\x03\x04'],
    ['meeting.ics', 'BEGIN:VCALENDAR'],
    ['version.1.2.pdf', '%PDF-1.7'],
    ['song.mp3', 'ID3'],
  ])('%s opens', (name, head) => {
    expect(judged(name, head)).toBe('open');
  });

  test.each([
    [
      'program',
      'a.exe a.scr a.com a.jar a.appimage a.xll a.chm a.cpl a.pif a.terminal A.EXE invoice.pdf.exe',
    ],
    ['script', 'a.bat a.cmd a.ps1 a.vbs a.js a.wsf a.hta a.sh a.py a.reg a.workflow'],
    ['shortcut', 'a.lnk a.url a.desktop a.webloc a.settingcontent-ms a.library-ms a.search-ms'],
    ['installer', 'a.msi a.deb a.rpm a.pkg a.apk a.msix'],
    ['disk-image', 'a.iso a.img a.dmg a.vhd a.vhdx'],
    ['macro', 'a.docm a.xlsm a.pptm a.dotm a.xlsb'],
    ['page', 'a.html a.htm a.xhtml a.svg a.svgz a.mht a.mhtml a.xml a.swf'],
  ])('a %s is only saved: %s', (reason, names) => {
    expect(names.split(' ').filter((name) => judged(name) !== reason)).toEqual([]);
  });

  test.each([
    ['photo.jpg', 'MZ\x90\0', 'disguised'],
    ['report.pdf', '\x7fELF\x02', 'disguised'],
    ['report.pdf', '#!/bin/sh', 'disguised'],
    ['report.pdf', 'L\0\0\0\x01\x14\x02\0', 'disguised'],
    ['report.pdf', '<!-- x --> <!DOCTYPE html><script>', 'disguised'],
    ['photo.png', '\xef\xbb\xbf<?xml version="1.0"?><svg>', 'disguised'],
    ['notes.txt', '[Desktop Entry]\nExec=x', 'disguised'],
    ['letter.docx', 'PK\x03\x04....word/vbaProject.bin', 'disguised'],
    [
      'book.xls',
      `\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${[...'_VBA_PROJECT'].map((c) => `${c}\0`).join('')}`,
      'disguised',
    ],
    ['archive.zip', 'PK\x03\x04META-INF/MANIFEST.MF', 'disguised'],
    ['report.exe.pdf', '%PDF-', 'double-extension'],
    ['report\u202e.pdf', '%PDF-', 'hidden-characters'],
    ['something', 'text', 'unknown-type'],
    ['a.xyz', 'text', 'unknown-type'],
    ['a.xyz', '<html>', 'page'],
    ['a', 'MZ', 'program'],
  ])('%s beginning with %j is only saved: %s', (name, head, reason) => {
    expect(judged(name, head)).toBe(reason);
  });

  test('a declared type that can run outweighs a harmless name', () => {
    expect([
      judged('a.pdf', '', 'application/x-msdownload'),
      judged('a', '', 'text/html; charset=utf-8'),
    ]).toEqual(['disguised', 'page']);
  });

  test('tells the type by the first bytes', () => {
    expect(judgeAttachment({ name: 'a.png', type: 'image/png', head: latin1('\xff\xd8\xff\xe1') })).toEqual({
      kind: 'open',
      detectedType: 'image/jpeg',
    });
  });

  test('a saved file is marked as coming from the internet', () => {
    expect([
      zoneIdentifier(),
      quarantineValue(1_700_000_000_000, 'a2f6c1f0-0000-4000-8000-000000000001'),
    ]).toEqual([
      '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n',
      '0083;6553f100;Poppy;A2F6C1F0-0000-4000-8000-000000000001',
    ]);
  });
});
