import { type Draft, text } from './compose-message.ts';
import { replyHeaders } from './letters-in-russian.ts';

/** Conversations and mailing lists. */
export function conversations(): Draft[] {
  return [...hutConversation(), ...listMail(), flowed()];
}

function hutConversation(): Draft[] {
  const subject = 'The hut, first weekend of the month?';
  const steps: [string, number, string, string][] = [
    [
      'one',
      118,
      'Priya Nair <priya@hillwalkers.example>',
      'Hello all,\n\nthe hut has six beds free on the first weekend. Shall we?\n\nPriya\n',
    ],
    [
      'two',
      116,
      'Jonas Lind <jonas@post-office.example>',
      'On Monday Priya wrote:\n> the hut has six beds free on the first weekend. Shall we?\n\nYes! I bring the soup pot.\n\nJonas\n',
    ],
    [
      'three',
      111,
      'Anna Weber <anna.weber@mountains.example>',
      '> Yes! I bring the soup pot.\n\nThen I bring what goes into it. Does anybody still not eat onions?\n\nAnna\n',
    ],
    [
      'four',
      95,
      'Tomasz Wrona <tomasz@brass-band.example>',
      '> Does anybody still not eat onions?\n\nMe. But I carry everything uphill, so please.\n\nTomasz (no trombone this time, promised)\n',
    ],
    [
      'five',
      93,
      'Priya Nair <priya@hillwalkers.example>',
      '> > Does anybody still not eat onions?\n> Me. But I carry everything uphill, so please.\n\nTwo pots, then. Train at 8:05, the one with the window seats.\nSasha, can you do tickets?\n\nPriya\n',
    ],
    [
      'six',
      15,
      'Jonas Lind <jonas@post-office.example>',
      '> Train at 8:05, the one with the window seats.\n\nForecast: sun, then fog, then stars. Perfect.\n\nJonas\n',
    ],
  ];
  return steps.map(([step, hoursAgo, from, content], index) => ({
    uidl: `sample-hut-${step}`,
    hoursAgo,
    zoneMinutes: 60,
    from,
    to: 'hillwalkers <all@hillwalkers.example>',
    subject: index === 0 ? subject : `Re: ${subject}`,
    headers: replyHeaders(steps.slice(0, index).map(([earlier]) => `sample-hut-${earlier}`)),
    part: text(content),
  }));
}

function listMail(): Draft[] {
  const list = [
    'List-Id: Fountain pens and other slow things <slow-things.lists.example>',
    'List-Post: <mailto:slow-things@lists.example>',
    'List-Help: <mailto:slow-things-request@lists.example?subject=help>',
    'List-Unsubscribe: <mailto:slow-things-request@lists.example?subject=unsubscribe>',
    'Precedence: list',
    'Sender: slow-things-bounces@lists.example',
  ];
  const footer =
    '\n_______________________________________________\nslow-things mailing list\nslow-things@lists.example\n';
  return [
    {
      uidl: 'sample-list-ink',
      hoursAgo: 200,
      zoneMinutes: -300,
      from: 'Walter Finch <walter@ink.example>',
      to: 'slow-things@lists.example',
      subject: '[slow-things] Ink that does not freeze in a tent?',
      headers: list,
      part: text(`Asking for a diary.\n\nWalter\n${footer}`),
    },
    {
      uidl: 'sample-list-ink-answer',
      hoursAgo: 197,
      zoneMinutes: 600,
      from: 'Moana Rangi <moana@far-south.example>',
      to: 'slow-things@lists.example',
      subject: 'Re: [slow-things] Ink that does not freeze in a tent?',
      headers: [...list, ...replyHeaders(['sample-list-ink'])],
      part: text(
        `> Asking for a diary.\n\nA pencil, Walter. Warm regards from Antarctica.\n\nMoana\n${footer}`,
      ),
    },
    {
      uidl: 'sample-list-patch',
      hoursAgo: 240,
      zoneMinutes: 120,
      from: 'Ravi Menon <ravi@sundial.example>',
      to: 'sundial-dev@lists.example',
      subject: '[PATCH] sundial: do not divide by zero at night',
      headers: ['List-Id: <sundial-dev.lists.example>'],
      part: text(`The shadow has no length when there is no sun.

---
 src/shadow.c | 4 +++-
 1 file changed, 3 insertions(+), 1 deletion(-)

diff --git a/src/shadow.c b/src/shadow.c
--- a/src/shadow.c
+++ b/src/shadow.c
@@ -12,5 +12,7 @@ double shadow_length(double height, double sun)
 {
-	return height / tan(sun);
+	if (sun <= 0.0)
+		return INFINITY; /* sleep well */
+	return height / tan(sun);
 }
-- 
2.45.0
`),
    },
  ];
}

/** A line that ends in a space continues in the next one. RFC 3676. */
function flowed(): Draft {
  return {
    uidl: 'sample-flowed',
    hoursAgo: 70,
    zoneMinutes: 60,
    from: 'Elif Demir <elif@translators.example>',
    subject: 'Re: One word for "the light under the trees"?',
    headers: ['In-Reply-To: <question@translators.example>'],
    part: text(
      `>> Is there a word for the light that falls through leaves? I have been looking \n>> for one since breakfast and my coffee is cold now.\n> Japanese has one, I am told. German makes one up when it needs it. \n> Russian would write a whole poem instead.\n\nI asked my grandmother. She said: you do not need a word, you need a bench, \nand somebody to sit on it with. I wrote that down, and then I went outside, \nbecause she was right and because the coffee was cold anyway.\n\n-- \nElif\n`,
      { parameters: '; format=flowed; delsp=no' },
    ),
  };
}
