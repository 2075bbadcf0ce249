import { expect, test } from 'vitest';
import { previewKind } from '../../electron/reading/preview-kind.ts';

test.each([
  ['photo.jpg', 'image/jpeg', 'image'],
  ['photo.JPG', 'application/octet-stream', 'image'],
  ['photo.jpg', 'image/x-something', 'image'],
  ['drawing.svg', 'image/svg+xml', null],
  ['scan.pdf', 'application/octet-stream', 'pdf'],
  ['letter.eml', 'application/octet-stream', 'message'],
  ['letter', 'message/rfc822', 'message'],
  ['note.txt', 'text/plain', 'text'],
  ['server.log', 'application/octet-stream', 'text'],
  ['invite.ics', 'text/calendar', 'text'],
  ['anna.vcf', 'text/x-vcard', 'text'],
  ['data.json', 'application/json', 'text'],
  ['page.html', 'text/html', null],
  ['page.html', 'text/plain', 'text'],
  ['run.exe', 'application/octet-stream', null],
  ['table.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', null],
])('%s of type %s is looked at as %s', (name, type, kind) => {
  expect(previewKind({ name, type })).toBe(kind);
});
