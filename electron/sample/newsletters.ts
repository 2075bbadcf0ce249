import { type Draft, file, html, multipart, text } from './compose-message.ts';
import { barChart, drawPng, landscape, poppyFlower } from './draw-picture.ts';

/** HTML mail: newsletters with remote images, an order, pictures inside the body. */
export function newsletters(): Draft[] {
  return [welcome(), ...magazines(), ...notices(), ...withPicturesInside()];
}

function page(background: string, card: string, colour: string, inner: string): string {
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:0;background:${background}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${background}"><tr><td align="center" style="padding:28px 12px">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:${card};color:${colour};border-radius:14px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.6">
${inner}
</table></td></tr></table></body></html>`;
}

function row(style: string, inner: string): string {
  return `<tr><td style="${style}">${inner}</td></tr>`;
}

function button(href: string, colour: string, label: string): string {
  return `<a href="${href}" style="display:inline-block;background:${colour};color:#ffffff;text-decoration:none;padding:12px 26px;border-radius:24px;font-weight:bold">${label}</a>`;
}

function welcome(): Draft {
  const inner =
    row(
      'padding:36px 40px 0;text-align:center',
      '<img src="cid:flower@poppy.example" width="140" height="140" alt="A red poppy" style="border-radius:70px">',
    ) +
    row(
      'padding:8px 40px 36px',
      `<h1 style="text-align:center;color:#b3202c;font-size:28px">Welcome to Poppy</h1>
<p>This is a <b>sample mailbox</b>: a small real mail server inside the program, filled with made-up mail, so that you can try everything without any risk.</p>
<table role="presentation" cellpadding="8" style="width:100%;background:#fdf3f1;border-radius:10px">
<tr><td style="width:36px;text-align:center">&#9993;</td><td>Press <b>F5</b> to get mail, <b>N</b> for the next unread message.</td></tr>
<tr><td style="text-align:center">&#128206;</td><td><b>Double-click</b> an attachment to open it.</td></tr>
<tr><td style="text-align:center">&#9729;</td><td>Look at <b>On the server</b>: pick messages, delete them, change your mind.</td></tr>
<tr><td style="text-align:center">&#128274;</td><td>Images from elsewhere stay <b>blocked</b> until you say so.</td></tr></table>
<p>When you have seen enough, remove the sample mailbox in Settings and add your own.</p>
<p style="color:#7a6a66;font-size:14px">Have a good day. The kettle is on.</p>`,
    );
  return {
    uidl: 'sample-welcome',
    hoursAgo: 0.2,
    from: 'Poppy <hello@poppy.example>',
    subject: 'Welcome to your sample mailbox',
    headers: [
      'Authentication-Results: mx.poppy.example;\r\n spf=pass smtp.mailfrom=poppy.example;\r\n dkim=pass header.d=poppy.example;\r\n dmarc=pass header.from=poppy.example',
    ],
    part: multipart('alternative', 'welcome', [
      text(
        'Welcome to Poppy!\n\nThis is a sample mailbox, filled with made-up mail. Press F5 to get mail, N for the next unread message,\nand double-click an attachment to open it.\n\nHave a good day. The kettle is on.\n',
      ),
      multipart('related', 'welcome-related', [
        html(page('#f6e9e6', '#ffffff', '#3a2a2a', inner)),
        file(
          'poppy.png',
          'image/png',
          drawPng(280, 280, poppyFlower([255, 255, 255])),
          'flower@poppy.example',
        ),
      ]),
    ]),
  };
}

function magazines(): Draft[] {
  const travel =
    `<tr><td><img src="https://images.slow-traveller.example/2/night-train.jpg" width="600" height="300" alt="A night train crossing a viaduct" style="display:block;width:100%;background:#274060"></td></tr>` +
    row(
      'padding:30px 40px',
      `<div style="font-size:12px;letter-spacing:3px;color:#b06f2c">THE SLOW TRAVELLER &middot; No. 48</div>
<h1 style="font-family:Georgia,serif;font-size:32px;line-height:1.2;margin:10px 0">To the lighthouse, by the milk train</h1>
<p>It leaves at 5:12, stops nineteen times, and nobody has ever been known to hurry on it. Ida took a seat by the left window.</p>
<p>${button('https://slow-traveller.example/48/milk-train', '#b06f2c', 'Read the story')}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>
<td width="48%" style="vertical-align:top"><img src="https://images.slow-traveller.example/2/harbour.jpg" width="250" height="160" alt="A harbour in the rain" style="width:100%;border-radius:8px;background:#8aa3ad"><h3>Eleven harbours</h3><p>Where to sit when it rains, and what to order.</p></td>
<td width="4%"></td>
<td width="48%" style="vertical-align:top"><img src="https://images.slow-traveller.example/2/pass.jpg" width="250" height="160" alt="A mountain pass" style="width:100%;border-radius:8px;background:#a9b79a"><h3>On foot over the pass</h3><p>Two days, one sandwich, and a very patient donkey.</p></td>
</tr></table>
<p style="font-size:13px;color:#7c7c7c">You asked for this letter once a month. <a href="https://slow-traveller.example/leave" style="color:#7c7c7c">No more, thank you</a></p>`,
    ) +
    '<tr><td><img src="https://count.slow-traveller.example/open?reader=4711" width="1" height="1" alt=""></td></tr>';
  const sky =
    row(
      'padding:36px 40px 8px;text-align:center',
      '<div style="color:#f5d76e;letter-spacing:4px;font-size:12px">&#9733; NIGHT SKY WEEKLY &#9733;</div><h1 style="color:#ffffff;font-weight:300;font-size:34px;margin:8px 0">Saturn is back</h1>',
    ) +
    '<tr><td align="center"><img src="https://images.night-sky.example/saturn.png" width="420" height="240" alt="Saturn with its rings" style="background:#0d1330;border-radius:12px"></td></tr>' +
    row(
      'padding:12px 40px 36px',
      `<p>Look south an hour after sunset: the steady yellow light that does not twinkle is Saturn. Binoculars show it as an oval; any small telescope shows you the rings, and the person next to you will say "oh".</p>
<table width="100%" cellpadding="6" style="border-collapse:collapse;color:#cfd6ff">
<tr style="border-bottom:1px solid #39407a"><th align="left">Night</th><th align="left">What</th><th align="left">When</th></tr>
<tr style="border-bottom:1px solid #262c5c"><td>Tuesday</td><td>Moon beside the Pleiades</td><td>21:30</td></tr>
<tr style="border-bottom:1px solid #262c5c"><td>Thursday</td><td>Shadow of Io on Jupiter</td><td>23:05</td></tr>
<tr><td>Saturday</td><td>Public night at the school roof</td><td>from 20:00</td></tr></table>`,
    );
  const kitchen =
    row(
      'padding:32px 40px 0',
      '<h1 style="color:#8c3b1f;margin:0">Kitchen Table</h1><p style="margin:0;color:#b98a5e">one recipe, every Friday</p>',
    ) +
    '<tr><td style="padding:20px 40px 0"><img src="https://images.kitchen-table.example/plum-cake.jpg" width="520" height="260" alt="A plum cake on a blue plate" style="width:100%;border-radius:10px;background:#d9b8a0"></td></tr>' +
    row(
      'padding:10px 40px 32px',
      `<h2>Plum cake that forgives</h2><ul><li>250 g flour</li><li>150 g butter, soft</li><li>120 g sugar</li><li>3 eggs</li><li>a kilo of plums, or fewer</li></ul>
<p>Mix everything but the plums. Press the plums in, cut side up. Bake at 180&nbsp;&deg;C until the neighbours ask what smells so good.</p>
<blockquote style="border-left:4px solid #d98b5f;margin:0;padding:4px 16px;color:#7a5a45">"I forgot the sugar and it was still eaten." &mdash; a reader from Ghent</blockquote>`,
    );
  const bulk = (list: string) => [
    `List-Id: <letters.${list}>`,
    `List-Unsubscribe: <https://${list}/leave>, <mailto:leave@${list}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ];
  return [
    {
      uidl: 'sample-news-travel',
      hoursAgo: 20,
      zoneMinutes: 60,
      from: 'The Slow Traveller <letters@slow-traveller.example>',
      subject: 'To the lighthouse, by the milk train',
      headers: bulk('slow-traveller.example'),
      part: multipart('alternative', 'news-travel', [
        text(
          'THE SLOW TRAVELLER, No. 48\n\nTo the lighthouse, by the milk train\nhttps://slow-traveller.example/48/milk-train\n',
        ),
        html(page('#e9e4da', '#fffdf8', '#2d2a26', travel)),
      ]),
    },
    {
      uidl: 'sample-news-sky',
      hoursAgo: 75,
      zoneMinutes: 0,
      from: 'Night Sky Weekly <weekly@night-sky.example>',
      subject: '★ Saturn is back: what to see this week',
      headers: bulk('night-sky.example'),
      part: html(page('#05071a', '#11173a', '#dfe4ff', sky)),
    },
    {
      uidl: 'sample-news-kitchen',
      hoursAgo: 140,
      zoneMinutes: 120,
      from: 'Kitchen Table <friday@kitchen-table.example>',
      subject: 'This Friday: plum cake that forgives',
      headers: bulk('kitchen-table.example'),
      part: multipart('alternative', 'news-kitchen', [
        text('Plum cake that forgives\n\n250 g flour, 150 g butter, 120 g sugar, 3 eggs, a kilo of plums.\n'),
        html(page('#f4e7da', '#ffffff', '#3d2b22', kitchen)),
      ]),
    },
  ];
}

function notices(): Draft[] {
  const order = row(
    'padding:32px 40px',
    `<h1 style="color:#1f4e5f">Thank you for your order</h1><p>Order <b>BK-20481</b>. We are wrapping it in brown paper now.</p>
<table width="100%" cellpadding="8" style="border-collapse:collapse"><tr style="background:#eaf3f5"><th align="left">Book</th><th align="right">Copies</th><th align="right">Price</th></tr>
<tr><td style="border-bottom:1px solid #dddddd">A Field Guide to Clouds</td><td align="right" style="border-bottom:1px solid #dddddd">1</td><td align="right" style="border-bottom:1px solid #dddddd">18.50</td></tr>
<tr><td style="border-bottom:1px solid #dddddd">Letters from a Beekeeper</td><td align="right" style="border-bottom:1px solid #dddddd">2</td><td align="right" style="border-bottom:1px solid #dddddd">24.00</td></tr>
<tr><td><b>Together</b></td><td></td><td align="right"><b>42.50</b></td></tr></table>
<p>${button('https://corner-books.example/orders/BK-20481', '#1f4e5f', 'Follow the parcel')}</p>`,
  );
  return [
    {
      uidl: 'sample-order',
      hoursAgo: 44,
      zoneMinutes: 60,
      from: 'Corner Books <shop@corner-books.example>',
      subject: 'Your order BK-20481: two titles, three books',
      part: html(page('#edf1f2', '#ffffff', '#22313a', order)),
    },
    {
      uidl: 'sample-sign-in-notice',
      hoursAgo: 188,
      zoneMinutes: 0,
      from: 'Notes Cloud <security@notes-cloud.example>',
      subject: 'New sign-in from a garden shed',
      headers: [
        'Authentication-Results: mx.poppy.example;\r\n spf=pass smtp.mailfrom=notes-cloud.example;\r\n dkim=pass header.d=notes-cloud.example header.s=may;\r\n dmarc=pass (p=reject) header.from=notes-cloud.example',
      ],
      part: html(
        page(
          '#f2f4f8',
          '#ffffff',
          '#1d2433',
          row(
            'padding:32px 40px',
            '<h2>Was this you?</h2><p>Someone signed in to your notes from <b>Garden shed, behind the roses</b>.</p><p>If it was you, there is nothing to do. If not, change your password and lock the shed.</p>',
          ),
        ),
      ),
    },
  ];
}

function withPicturesInside(): Draft[] {
  const views = [
    {
      id: 'morning@album.example',
      name: 'morning.png',
      title: 'Six in the morning',
      picture: landscape([130, 170, 215], [250, 214, 170], [74, 98, 82], 1),
    },
    {
      id: 'noon@album.example',
      name: 'noon.png',
      title: 'Noon, from the same rock',
      picture: landscape([70, 140, 220], [200, 226, 245], [58, 112, 64], 3),
    },
    {
      id: 'evening@album.example',
      name: 'evening.png',
      title: 'And then this happened',
      picture: landscape([66, 44, 96], [242, 120, 70], [48, 30, 58], 5),
    },
  ];
  const album = views
    .map(
      ({ id, title }) =>
        `<p><img src="cid:${id}" width="400" height="250" alt="${title}" style="border-radius:8px"><br><i>${title}</i></p>`,
    )
    .join('\n');
  const rain = [0.2, 0.35, 0.6, 0.95, 0.7, 0.4, 0.55, 0.3, 0.15, 0.45, 0.8, 0.65];
  return [
    {
      uidl: 'sample-holiday-pictures',
      hoursAgo: 9,
      zoneMinutes: 120,
      from: 'Anna Weber <anna.weber@mountains.example>',
      subject: 'Three pictures from the same rock',
      part: multipart('related', 'holiday', [
        html(`<html><body style="font-family:Georgia,serif;font-size:17px"><p>Dear Sasha,</p><p>I sat on one rock for a whole day, as I always said I would. Here is what passed by:</p>
${album}<p>The sandwich was gone by ten.</p><p>Love, Anna</p></body></html>`),
        ...views.map(({ id, name, picture }) => file(name, 'image/png', drawPng(400, 250, picture), id)),
      ]),
    },
    {
      uidl: 'sample-rain-report',
      hoursAgo: 310,
      zoneMinutes: 60,
      from: 'Allotment 12 <rain@allotments.example>',
      subject: 'Rain, month by month (bring boots in April)',
      part: multipart('related', 'rain', [
        html(
          '<html><body style="font-family:sans-serif"><h2>Rain at the allotments</h2><img src="cid:rain@allotments.example" width="480" height="200" alt="Bar chart of rain in twelve months"><p>The water butt is full. So is the wheelbarrow. So is Geoffrey&#39;s hat.</p></body></html>',
        ),
        file(
          'rain.png',
          'image/png',
          drawPng(480, 200, barChart(rain, [64, 120, 190])),
          'rain@allotments.example',
        ),
      ]),
    },
  ];
}
