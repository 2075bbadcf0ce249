import { type Draft, file, html, multipart, nested, text } from './compose-message.ts';
import { drawPng, landscape } from './draw-picture.ts';
import { makePdf, makeWav, makeZip } from './make-files.ts';

/** Seconds of sound that make an attachment of 5 MB (22,050 samples of two bytes each second). */
const fiveMegabytesSeconds = 118;

/** Mail with attachments of every plain kind, one of 5 MB, a nested message and an invitation. */
export function lettersWithFiles(now: number): Draft[] {
  return [...documents(), ...unusual(), forwarded(now), invitation(now)];
}

function documents(): Draft[] {
  return [
    {
      uidl: 'sample-file-tickets',
      hoursAgo: 14,
      zoneMinutes: 60,
      from: 'Coast Railways <tickets@coast-railways.example>',
      subject: 'Your tickets: Saturday 8:05, window seats',
      part: multipart('mixed', 'tickets', [
        text(
          'Good morning,\n\nyour tickets are attached. Please show them on paper or on a screen; the guard\nlikes both.\n\nThe dining car serves soup from ten.\n\nCoast Railways\n',
        ),
        file(
          'tickets.pdf',
          'application/pdf',
          makePdf('Coast Railways', [
            'Saturday, 8:05 from Harbour Street',
            'Arrives 11:48 at Lighthouse Halt',
            '',
            'Coach 4, seats 21 and 22, by the window',
            'One bicycle, folded or brave',
            '',
            'Please keep this ticket until the sea is in sight.',
          ]),
        ),
      ]),
    },
    {
      uidl: 'sample-file-songs',
      hoursAgo: 63,
      zoneMinutes: 60,
      from: 'Tomasz Wrona <tomasz@brass-band.example>',
      subject: 'All the words to all the songs (zip)',
      part: multipart('mixed', 'songs', [
        text(
          'Hello everybody,\n\nhere are the words, so nobody has to hum the second verse again.\n\nTomasz\n',
        ),
        file(
          'songs.zip',
          'application/zip',
          makeZip([
            { name: 'songs/read-me-first.txt', bytes: Buffer.from('Loud is not the same as good.\n') },
            {
              name: 'songs/the-kettle-song.txt',
              bytes: Buffer.from(
                'Put the kettle on the stove,\nput the biscuits by,\nthere is nothing that a cup of tea\nwill not at least try.\n',
              ),
            },
            {
              name: 'songs/песня-о-чайнике.txt',
              bytes: Buffer.from('Чайник, чайник, закипай,\nв гости к нам приходит май.\n'),
            },
          ]),
        ),
      ]),
    },
    {
      uidl: 'sample-file-birds',
      hoursAgo: 84,
      zoneMinutes: 0,
      from: 'Bird Count <count@garden-birds.example>',
      subject: 'The count is in: 214 birds, one of them a hat',
      part: multipart('mixed', 'birds', [
        text(
          'Dear counters,\n\nthank you for your hour at the window. The table and the notes are attached.\n',
        ),
        file(
          'birds.csv',
          'text/csv',
          Buffer.from(
            'Bird,Seen,Note\r\nSparrow,96,"loud, cheerful"\r\nBlue tit,58,\r\nRobin,31,"one per garden, by treaty"\r\nMagpie,28,\r\nHat,1,"on a fence post"\r\n',
          ),
        ),
        file(
          'notes.txt',
          'text/plain; charset=utf-8',
          Buffer.from(
            'Garden 7 reports a robin that comes when the spade is taken out.\nGarden 12 reports that its cat counted too, and is no longer asked.\n',
          ),
        ),
      ]),
    },
    {
      uidl: 'sample-file-concert-five-megabytes',
      hoursAgo: 36,
      zoneMinutes: 60,
      from: 'Ines Duarte <ines@bell-tower.example>',
      subject: 'A recording of the bells (5 MB, worth the wait)',
      part: multipart('mixed', 'bells', [
        text(
          'Dear Sasha,\n\nI finally recorded the evening bells. Two minutes; close the window first, open it after.\n\nInes\n',
        ),
        file('evening bells.wav', 'audio/wav', makeWav(fiveMegabytesSeconds)),
      ]),
    },
  ];
}

function unusual(): Draft[] {
  return [
    {
      uidl: 'sample-file-only-a-picture',
      hoursAgo: 106,
      zoneMinutes: 120,
      from: 'Anna Weber <anna.weber@mountains.example>',
      subject: 'No words needed',
      part: file(
        'sunset over the lake.png',
        'image/png',
        drawPng(400, 250, landscape([50, 40, 90], [250, 150, 90], [30, 30, 60], 9)),
      ),
    },
    {
      uidl: 'sample-file-that-can-run',
      hoursAgo: 150,
      zoneMinutes: 0,
      from: 'Accounts Dept <accounts@parcel-dept.example>',
      subject: 'Unpaid invoice, see the file',
      part: multipart('mixed', 'runs', [
        text(
          'Kindly open the file at once.\n\n(A made-up example. The file is harmless, but a file with this name could do anything, so Poppy asks first.)\n',
        ),
        file(
          'invoice.pdf.js',
          'application/pdf',
          Buffer.from('// A file that can run. This one only says hello.\nconsole.log("hello");\n'),
        ),
      ]),
    },
    {
      uidl: 'sample-file-digest',
      hoursAgo: 330,
      zoneMinutes: 60,
      from: 'Harbour Street Forum <digest@harbour-street.example>',
      subject: 'Harbour Street digest: three notes',
      part: multipart('digest', 'digest', [
        note(
          'Mrs Okafor',
          'The blue bicycle',
          'Whoever borrowed the blue bicycle: keep it until Sunday, but pump the tyres.',
        ),
        note('Number 9', 'Lemons', 'Too many lemons. Please take some. Please.'),
        note('The lamp committee', 'Lamp', 'The lamp at the corner works again. It was the moth.'),
      ]),
    },
  ];
}

function note(from: string, subject: string, content: string) {
  return {
    headers: [],
    body: Buffer.from(
      `From: ${from} <forum@harbour-street.example>\r\nSubject: ${subject}\r\nContent-Type: text/plain\r\n\r\n${content}\r\n`,
    ),
  };
}

function forwarded(now: number): Draft {
  const inner: Draft = {
    uidl: 'sample-inner-letter',
    hoursAgo: 700,
    zoneMinutes: -300,
    from: 'Uncle Bartholomew <barty@sail.example>',
    to: 'Jonas Lind <jonas@post-office.example>',
    subject: 'The map is real',
    part: multipart('mixed', 'inner', [
      html(
        '<html><body><p>Jonas,</p><p>the map is <b>real</b>. The cross is not treasure, it is the <i>best fish soup</i> on the coast.</p></body></html>',
      ),
      file(
        'map.png',
        'image/png',
        drawPng(240, 160, landscape([214, 196, 150], [236, 222, 184], [120, 92, 50], 4)),
      ),
    ]),
  };
  return {
    uidl: 'sample-file-nested',
    hoursAgo: 58,
    zoneMinutes: 60,
    from: 'Jonas Lind <jonas@post-office.example>',
    subject: 'Fwd: The map is real',
    part: multipart('mixed', 'nested', [
      text('You will want to read this one yourself; his whole letter is attached.\n\nJonas\n'),
      nested(inner, now),
    ]),
  };
}

function invitation(now: number): Draft {
  const start = new Date(now + 3 * 86_400_000);
  start.setUTCHours(16, 0, 0, 0);
  const stamp = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Poppy//Sample mailbox//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:tea-on-the-roof@roof-garden.example',
    `DTSTAMP:${stamp(now - 26 * 3_600_000)}`,
    `DTSTART:${stamp(start.getTime())}`,
    `DTEND:${stamp(start.getTime() + 2 * 3_600_000)}`,
    'SUMMARY:Tea on the roof',
    'LOCATION:Roof garden\\, Harbour Street 4',
    'DESCRIPTION:Bring a cup. In case of rain we stay and get wet.',
    'ORGANIZER;CN=Mei Tanaka:mailto:mei@roof-garden.example',
    'ATTENDEE;CN=Sasha;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:sasha@poppy.example',
    'STATUS:CONFIRMED',
    'SEQUENCE:0',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  return {
    uidl: 'sample-file-invitation',
    hoursAgo: 26,
    zoneMinutes: 540,
    from: 'Mei Tanaka <mei@roof-garden.example>',
    subject: 'Invitation: Tea on the roof',
    part: multipart('mixed', 'invitation', [
      multipart('alternative', 'invitation-body', [
        text('Tea on the roof, in three days. Bring a cup. In case of rain we stay and get wet.\n\nMei\n'),
        text(calendar, { subtype: 'calendar', parameters: '; method=REQUEST' }),
      ]),
      file('invite.ics', 'application/ics', Buffer.from(calendar)),
    ]),
  };
}
