import { describe, expect, test } from 'vitest';
import { readInvitation } from '../../../electron/message/calendar/invitation.ts';

function calendar(event: string, around: { method?: string; zones?: string } = {}): string {
  const { method = 'METHOD:REQUEST\r\n', zones = '' } = around;
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${method}${zones}BEGIN:VEVENT\r\nUID:1\r\n${event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}

const card = (text: string) => readInvitation(text)?.card ?? null;
const startOf = (event: string, zones = '') => {
  const { startsAt = null, unknownZone = null } = card(calendar(event, { zones })) ?? {};
  return [startsAt === null ? null : new Date(startsAt).toISOString(), unknownZone];
};

/** As one office program writes a zone under a name of its own. */
const describedZone = `BEGIN:VTIMEZONE
TZID:Zone of our office
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
`;

describe('an invitation', () => {
  test('is read with its people, place and repetition, without tricks and without what stands in its alarm', () => {
    const event = [
      'SUMMARY;LANGUAGE=ru:Планёрка\\, вторая\\nстрока \u202eextra',
      'BEGIN:VALARM',
      'SUMMARY:wrong',
      'DURATION:PT5M',
      'END:VALARM',
      'DTSTART:20240301T100000Z',
      'DURATION:PT1H30M',
      'RRULE:FREQ=WEEKLY;BYDAY=FR',
      'LOCATION:Room 5\\; second',
      ' floor',
      'ORGANIZER;CN="Doe: John";SENT-BY="mailto:x@example.net":mailto:john@example.net',
    ].join('\r\n');
    expect(card(calendar(event))).toEqual({
      kind: 'request',
      summary: 'Планёрка, вторая строка extra',
      startsAt: Date.UTC(2024, 2, 1, 10),
      endsAt: Date.UTC(2024, 2, 1, 11, 30),
      isAllDay: false,
      unknownZone: null,
      repeats: 'weekly',
      location: 'Room 5; secondfloor',
      organizer: { name: 'Doe: John', address: 'john@example.net' },
      answer: null,
      others: 0,
    });
  });

  test.each([
    ['DTSTART:20240701T100000Z', '2024-07-01T10:00:00.000Z', null],
    ['DTSTART;TZID=Europe/Berlin:20240701T100000', '2024-07-01T08:00:00.000Z', null],
    ['DTSTART;TZID=Europe/Berlin:20240115T100000', '2024-01-15T09:00:00.000Z', null],
    ['DTSTART;TZID="America/New_York":20241103T013000', '2024-11-03T05:30:00.000Z', null],
    ['DTSTART;TZID=/example.org/20240101/Asia/Tokyo:20240701T100000', '2024-07-01T01:00:00.000Z', null],
    ['DTSTART;TZID=Zone of our office:20240701T100000', '2024-07-01T08:00:00.000Z', null],
    ['DTSTART;TZID=Zone of our office:20240331T015900', '2024-03-31T00:59:00.000Z', null],
    ['DTSTART;TZID=Zone of our office:20241230T100000', '2024-12-30T09:00:00.000Z', null],
    ['DTSTART:not a time', null, null],
  ])('is at the moment its own zone says: %s', (event, at, zone) => {
    expect(startOf(event, describedZone)).toEqual([at, zone]);
  });

  test('in a zone nobody knows is said to be so', () => {
    expect(startOf('DTSTART;TZID=Middle-earth:20240701T100000')[1]).toBe('Middle-earth');
  });

  test('of whole days has no hours, and ends on its last day', () => {
    const days = card(calendar('DTSTART;VALUE=DATE:20240301\r\nDTEND;VALUE=DATE:20240304'));
    const one = card(calendar('DTSTART;VALUE=DATE:20240301\r\nDTEND;VALUE=DATE:20240302'));
    expect([
      days?.isAllDay,
      new Date(days?.startsAt ?? 0).getDate(),
      new Date(days?.endsAt ?? 0).getDate(),
      new Date(one?.endsAt ?? 0).getDate(),
    ]).toEqual([true, 1, 3, 1]);
  });

  test.each([
    ['METHOD:CANCEL\r\n', 'SUMMARY:x', 'cancel'],
    ['METHOD:REQUEST\r\n', 'STATUS:CANCELLED', 'cancel'],
    ['METHOD:REPLY\r\n', 'ATTENDEE;CN=Vera;PARTSTAT=DECLINED:mailto:v@example.net', 'reply Vera declined'],
    ['METHOD:COUNTER\r\n', 'SUMMARY:x', 'counter'],
    ['', 'SUMMARY:x', 'publish'],
  ])('is what its method and state say: %s%s', (method, event, expected) => {
    const { kind, answer = null } = card(calendar(event, { method })) ?? {};
    expect([kind, ...(answer === null ? [] : [answer.who, answer.given])].join(' ')).toBe(expected);
  });

  test('gives its description to a message without words, and counts other entries', () => {
    const two = `${calendar('DESCRIPTION:Bring a cup\\nand tea').replace('END:VCALENDAR\r\n', '')}BEGIN:VEVENT\nUID:2\nEND:VEVENT\nEND:VCALENDAR`;
    expect([readInvitation(two)?.description, card(two)?.others]).toEqual(['Bring a cup\nand tea', 1]);
  });

  test('that is none, or endless, is no card and no harm', () => {
    const deep = 'BEGIN:VCALENDAR\n'.repeat(100_000);
    const long = `BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n'.repeat(50_000)}`;
    expect([card(''), card('BEGIN:VCALENDAR\nEND:VCALENDAR'), card(deep), card(long)?.summary]).toEqual([
      null,
      null,
      null,
      'x',
    ]);
  });
});
