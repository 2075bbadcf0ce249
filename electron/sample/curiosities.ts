import { type Draft, html, multipart, text } from './compose-message.ts';

/** Mail with one oddity each: dates, names, scripts, dots, impostors. */
export function curiosities(): Draft[] {
  return [...oddHeaders(), ...impostors(), ...scripts(), ...plainOddities()];
}

function oddHeaders(): Draft[] {
  return [
    {
      uidl: 'sample-odd-date',
      hoursAgo: 48,
      from: 'Captain Hollis <hollis@old-lighthouse.example>',
      subject: 'Written when the clock had stopped',
      headers: ['Date: the day after the storm, about half past tea'],
      part: text(
        'The clock stopped at the height of the storm, so I cannot say when this was written.\nAll is well. The lamp is lit. The cat is dry.\n\nHollis\n',
      ),
    },
    {
      uidl: 'sample-odd-long-subject',
      hoursAgo: 161,
      zoneMinutes: 60,
      from: 'Professor A. Longfellow <longfellow@subjects.example>',
      subject:
        'On the question, raised at dinner and left open when the pudding came, whether a subject line ought to say everything that the letter says, so that nobody needs to open it, or only so much that everybody wants to, with some remarks on brevity',
      part: text('See above.\n\nA. L.\n'),
    },
    {
      uidl: 'sample-odd-emoji',
      hoursAgo: 6,
      zoneMinutes: 120,
      from: 'Zoë 🌻 <zoe@balcony.example>',
      subject: '🎉🎂 You are invited 👩‍👩‍👧‍👦 (bring 🍓, not 🦆)',
      part: text(
        'Party on the balcony! 🌇\n\nWhat we have: 🍋 🧀 🥖\nWhat we need: 🍓 🎸 and you.\n\nThe ducks 🦆🦆 know about last time and are watching.\n\nZoë 🌻\n',
      ),
    },
    {
      uidl: 'sample-odd-no-subject',
      hoursAgo: 28,
      from: 'sister@home.example',
      subject: '',
      part: text('milk, bread, and the blue paint\n'),
    },
    {
      uidl: 'sample-odd-many-recipients',
      hoursAgo: 290,
      zoneMinutes: 60,
      from: 'Harbour Street Residents <residents@harbour-street.example>',
      to: Array.from(
        { length: 40 },
        (_, house) => `Number ${house + 1} <house${house + 1}@harbour-street.example>`,
      ).join(',\r\n '),
      subject: 'Street party: who brings which chair',
      headers: ['Cc: Sasha <sasha@poppy.example>, "The band; and friends" <band@brass-band.example>'],
      part: text('Each house brings two chairs and one opinion.\n'),
    },
  ];
}

function impostors(): Draft[] {
  return [
    {
      uidl: 'sample-impostor-name',
      hoursAgo: 39,
      zoneMinutes: 0,
      from: 'service@your-bank.example <winner@prize-dept.example>',
      subject: 'Your account will be closed today',
      headers: [
        'Reply-To: quick.answer@collect-here.example',
        'Authentication-Results: mx.poppy.example;\r\n spf=softfail smtp.mailfrom=prize-dept.example;\r\n dkim=none;\r\n dmarc=fail (p=none) header.from=prize-dept.example',
      ],
      part: html(
        '<html><body><p>Dear customer,</p><p>please confirm your account within the hour:</p><p><a href="http://203.0.113.7/your-bank/sign-in">https://www.your-bank.example/sign-in</a></p><p style="color:#888888;font-size:12px">(A made-up example of a message that is not what it says. Look at the sender and at where the link really goes.)</p></body></html>',
      ),
    },
    {
      uidl: 'sample-impostor-reply-to',
      hoursAgo: 210,
      zoneMinutes: 60,
      from: 'Anna Weber <anna.weber.mountains@free-letters.example>',
      subject: 'Can you do me a quick favour?',
      headers: ['Reply-To: "Anna Weber" <a.weber77@other-letters.example>'],
      part: text(
        'Are you at your desk? I need six gift cards, I will explain later.\n\nAnna\n\n(A made-up example: it is not Anna, and Anna would never say "desk".)\n',
      ),
    },
  ];
}

function scripts(): Draft[] {
  return [
    {
      uidl: 'sample-script-hebrew',
      hoursAgo: 88,
      zoneMinutes: 120,
      from: 'נועה לוי <noa@orchard.example>',
      subject: 'תפוזים מהפרדס',
      part: html(
        '<html><body dir="rtl" style="font-family:sans-serif;font-size:17px"><p>שלום סשה,</p><p>התפוזים בשלים והסלים מלאים. בואו ביום שישי עם Poppy ועם <b>3</b> שקים.</p><p>נועה</p></body></html>',
      ),
    },
    {
      uidl: 'sample-script-arabic',
      hoursAgo: 132,
      zoneMinutes: 240,
      from: 'سلمى حداد <salma@lanterns.example>',
      subject: 'دعوة إلى العشاء',
      part: text('مرحبا ساشا،\n\nالعشاء يوم الخميس في الساعة 19:30، والحديقة مضاءة بالفوانيس.\n\nسلمى\n', {
        encoding: 'base64',
      }),
    },
    {
      uidl: 'sample-script-japanese',
      hoursAgo: 180,
      zoneMinutes: 540,
      from: '田中 芽衣 <mei@roof-garden.example>',
      subject: '屋上の秋',
      charset: 'shift_jis',
      part: text('屋上に\n茶の湯気のぼる\n秋の暮\n\n芽衣\n', { charset: 'shift_jis', encoding: 'base64' }),
    },
    {
      uidl: 'sample-script-greek',
      hoursAgo: 232,
      zoneMinutes: 120,
      from: 'Ελένη Παππά <eleni@island.example>',
      subject: 'Το καΐκι είναι έτοιμο',
      charset: 'iso-8859-7',
      part: text(
        'Καλημέρα Σάσα,\n\nτο καΐκι βάφτηκε μπλε, όπως το ήθελες. Σε περιμένει η θάλασσα.\n\nΕλένη\n',
        { charset: 'iso-8859-7' },
      ),
    },
    {
      uidl: 'sample-script-french',
      hoursAgo: 280,
      zoneMinutes: 60,
      from: 'François Lefèvre <francois@boulangerie.example>',
      subject: 'Le pain de dimanche, déjà réservé',
      charset: 'iso-8859-1',
      part: text(
        'Chère Sasha, cher Sasha,\n\nvotre pain de campagne sera prêt dimanche à huit heures. La croûte sera sévère,\nla mie sera indulgente.\n\nFrançois\n',
        {
          charset: 'iso-8859-1',
          encoding: 'quoted-printable',
        },
      ),
    },
  ];
}

function plainOddities(): Draft[] {
  return [
    {
      uidl: 'sample-dots',
      hoursAgo: 155,
      zoneMinutes: 60,
      from: 'Morse Society <dots@morse.example>',
      subject: 'Lines that begin with dots',
      part: text(
        '.. / .-.. .. -.- . / -.. --- - ...\n.\n..\n...\n.hidden files feel at home here\n\nIf you see a line with one dot, one with two and one with three above, every dot came through.\n',
      ),
    },
    {
      uidl: 'sample-poem',
      hoursAgo: 340,
      zoneMinutes: 60,
      from: 'Wilhelmina Ash <w.ash@attic.example>',
      subject: 'A poem found in a coat pocket',
      part: text(
        'I meant to write to you in May,\nbut May was gone by noon;\nI put the letter by in June\nand lost it to the moon.\n\nSo here it is, a little creased,\nwith crumbs along the fold:\na letter keeps, like bread at least,\nuntil it has been told.\n',
      ),
    },
    {
      uidl: 'sample-returned',
      hoursAgo: 300,
      zoneMinutes: 0,
      from: 'Mail Delivery System <mailer-daemon@mx.poppy.example>',
      subject: 'Could not deliver your message to the moon',
      headers: ['Auto-Submitted: auto-replied'],
      part: multipart('report; report-type=delivery-status', 'returned', [
        text(
          'Your message could not be delivered.\n\n<postmaster@moon.example>: the address is right, but nobody is at home.\n',
        ),
        {
          headers: ['Content-Type: message/delivery-status'],
          body: Buffer.from(
            'Reporting-MTA: dns; mx.poppy.example\r\n\r\nFinal-Recipient: rfc822; postmaster@moon.example\r\nAction: failed\r\nStatus: 5.4.1\r\nDiagnostic-Code: smtp; 550 5.4.1 no atmosphere\r\n',
          ),
        },
        {
          headers: ['Content-Type: text/rfc822-headers'],
          body: Buffer.from(
            'From: Sasha <sasha@poppy.example>\r\nTo: postmaster@moon.example\r\nSubject: Is anybody there?\r\n',
          ),
        },
      ]),
    },
    {
      uidl: 'sample-long-line',
      hoursAgo: 250,
      zoneMinutes: -480,
      from: 'Dot Matrix <dot@printer.example>',
      subject: 'One line, and it goes on',
      part: text(
        `${'This line has no end in sight, and that is its whole charm. '.repeat(30).trim()}\n\nhttps://printer.example/${'very/'.repeat(40)}long-address\n`,
      ),
    },
  ];
}
