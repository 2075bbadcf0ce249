import { type Draft, encodeText, file, html, messageIdOf, multipart, text } from './compose-message.ts';

const grandmother = 'Нина Павловна <nina.pavlovna@dacha.example>';
const friend = 'Лёша Кузнецов <lyosha@radio.example>';
const aunt = 'Тётя Вера <vera@garden.example>';

/** Letters in Russian: UTF-8, KOI8-R and windows-1251, in all usual encodings of such letters. */
export function lettersInRussian(): Draft[] {
  return [...fromFamily(), ...fromFriends(), ...dachaConversation()];
}

function fromFamily(): Draft[] {
  return [
    {
      uidl: 'sample-ru-pies',
      hoursAgo: 3,
      from: grandmother,
      subject: 'Пироги в субботу, приезжайте!',
      part: text(`Сашенька, здравствуй!

В субботу пеку пироги: с капустой, с яблоками и твой любимый рыбник.
Тесто поставлю с вечера, так что к двенадцати всё будет горячее.

Привези, пожалуйста, банки, которые я давала весной, и если не трудно —
пачку хорошего чая. А лучше просто приезжай, чай найдётся.

Кот Василий передаёт привет. Он опять спит в твоём кресле и делает вид,
что сторожит дом.

Целую,
бабушка Нина
`),
    },
    {
      uidl: 'sample-ru-radio',
      hoursAgo: 31,
      from: friend,
      subject: 'Поймал сигнал с Сахалина!',
      charset: 'koi8-r',
      part: text(
        `Саша, привет!

Помнишь, мы спорили, дотянет ли моя антенна до Тихого океана? Дотянула!
Вчера в 22:40 по Москве я двадцать минут говорил с Сахалином. Зовут Игорь,
у них уже было утро, за окном туман и чайки. Чаек я слышал сам.

Антенна та самая: двадцать метров провода от берёзы до трубы.
Мама думает, что это для белья, и уже повесила полотенце.

Приходи в воскресенье, послушаем вместе. С тебя печенье.

73!
Лёша
`,
        { charset: 'koi8-r' },
      ),
    },
    {
      uidl: 'sample-ru-library',
      hoursAgo: 52,
      from: 'Библиотека на Садовой <hello@library-sadovaya.example>',
      subject: 'Ваша книга вас дождалась',
      charset: 'windows-1251',
      part: text(
        `Здравствуйте, Саша!

Книга, на которую вы записывались в очередь, свободна:

    «Остров сокровищ», издание с картами, 1957 год.

Она ждёт вас на полке у окна до конца недели. Мы нашли между страницами
билет в кино за 1961 год и решили оставить его там как закладку.

По четвергам у нас чай и чтение вслух, начало в семь.

Ваша библиотека
`,
        { charset: 'windows-1251', encoding: 'quoted-printable' },
      ),
    },
  ];
}

function fromFriends(): Draft[] {
  return [
    {
      uidl: 'sample-ru-garden',
      hoursAgo: 98,
      from: 'Сад и огород <letters@garden-news.example>',
      subject: 'Что делать в саду на этой неделе',
      charset: 'windows-1251',
      headers: ['List-Unsubscribe: <https://garden-news.example/leave>', 'Precedence: bulk'],
      part: html(
        `<!doctype html><html><head><meta charset="windows-1251"></head>
<body style="margin:0;background:#eef3e6;font-family:Georgia,serif;color:#26331f">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" style="background:#ffffff;border-radius:12px">
<tr><td style="background:#4c7a34;color:#ffffff;padding:28px 32px;border-radius:12px 12px 0 0">
<div style="font-size:13px;letter-spacing:2px">ПИСЬМО ВЫХОДНОГО ДНЯ</div>
<h1 style="margin:8px 0 0;font-size:30px">Сад и огород</h1></td></tr>
<tr><td><img src="https://images.garden-news.example/apples.jpg" width="560" height="220" alt="Корзина яблок под деревом" style="display:block;width:100%;background:#d9e5c8"></td></tr>
<tr><td style="padding:24px 32px;font-size:16px;line-height:1.6">
<h2 style="color:#4c7a34">Три дела на эту неделю</h2>
<ol><li>Собрать поздние яблоки до первых заморозков.</li><li>Укрыть розы лапником, но не раньше, чем земля подмёрзнет.</li>
<li>Посадить чеснок: зубчик вниз донцем, на два пальца глубины.</li></ol>
<p>А вечером сварите варенье из китайки. Рецепт прост: килограмм яблочек, килограмм сахара и терпение.</p>
<p style="font-size:13px;color:#6b7a60">Вы получили это письмо, потому что любите копаться в земле.</p>
</td></tr></table></td></tr></table></body></html>`,
        { charset: 'windows-1251' },
      ),
    },
    {
      uidl: 'sample-ru-raw-header',
      hoursAgo: 170,
      from: 'ham@old-modem.example',
      subject: '',
      headers: [
        encodeText('From: Старый Модем <ham@old-modem.example>', 'koi8-r'),
        encodeText('Subject: Привет из девяносто шестого года', 'koi8-r'),
        'X-Mailer: dMail [DOS]',
      ],
      part: {
        headers: ['Content-Type: text/plain', 'Content-Transfer-Encoding: 8bit'],
        body: encodeText(
          `Это письмо написано программой, которая о кодировках не говорит ничего:
ни в теме, ни в заголовках, ни в теле. Раньше все так писали, и ничего,
читали друг друга.

Если вы видите русские буквы, значит, почтовая программа у вас хорошая.

... Tagline: кошка на клавиатуре - тоже оператор
`,
          'koi8-r',
        ),
      },
    },
    {
      uidl: 'sample-ru-spreadsheet',
      hoursAgo: 122,
      from: aunt,
      subject: 'Урожай: таблица и семена на обмен',
      charset: 'windows-1251',
      part: multipart('mixed', 'ru-spreadsheet', [
        text(
          `Сашенька, посылаю таблицу, как ты учил. Кабачки пришлось считать дважды,
они росли быстрее, чем я записывала.

Семена бархатцев отложила для тебя в коробку из-под монпансье.

Вера
`,
          { charset: 'windows-1251', encoding: 'base64' },
        ),
        file(
          'Урожай этого года.csv',
          'text/csv; charset=windows-1251',
          encodeText(
            'Что;Сколько, кг;Кому раздали\nКабачки;84;всей улице\nЯблоки;61;школе\nСмородина;17;соседям\nОгурцы;39;в банки\n',
            'windows-1251',
          ),
        ),
      ]),
    },
    {
      uidl: 'sample-ru-choir',
      hoursAgo: 260,
      from: 'Хор Береста <choir@beresta.example>',
      subject: 'Ноты к весеннему концерту и расписание репетиций, пожалуйста, прочитайте до среды',
      charset: 'koi8-r',
      part: html(
        `<html><body><p>Дорогие певцы!</p><p>Репетиции теперь по <b>вторникам и пятницам</b> в 19:00, зал с роялем.</p>
<p>Поём "Вечерний звон", "Во поле берёза" и одну песню-сюрприз, про которую <i>никто не должен знать</i>.</p>
<p>Альты! Тише в третьем такте. Басы! Вы были прекрасны.</p></body></html>`,
        { charset: 'koi8-r', encoding: 'base64' },
      ),
    },
  ];
}

function dachaConversation(): Draft[] {
  const subject = 'Баня: кто топит?';
  const steps: [string, number, string, string][] = [
    [
      'one',
      221,
      'Митя Орлов <mitya@dacha.example>',
      'Друзья, в пятницу приезжаем на дачу. Кто топит баню?\n\nДрова есть, веники есть, желания нет.\n\nМитя\n',
    ],
    [
      'two',
      219,
      'Катя Лебедева <katya@dacha.example>',
      '> Кто топит баню?\n\nТоплю я, но тогда посуду мою не я. Это честно.\n\nКатя\n',
    ],
    [
      'three',
      214,
      'Митя Орлов <mitya@dacha.example>',
      '> > Кто топит баню?\n> Топлю я, но тогда посуду мою не я.\n\nДоговорились. Саша моет посуду, он ещё не знает.\n\nМитя\n',
    ],
  ];
  return steps.map(([step, hoursAgo, from, content], index) => ({
    uidl: `sample-ru-bath-${step}`,
    hoursAgo,
    from,
    subject: index === 0 ? subject : `Re: ${subject}`,
    headers: replyHeaders(steps.slice(0, index).map(([earlier]) => `sample-ru-bath-${earlier}`)),
    part: text(content, { encoding: 'base64' }),
  }));
}

/** In-Reply-To and References of an answer to the messages given, oldest first; nothing for the first. RFC 5322 §3.6.4. */
export function replyHeaders(earlier: readonly string[]): string[] {
  const parent = earlier.at(-1);
  if (parent === undefined) return [];
  return [`In-Reply-To: ${messageIdOf(parent)}`, `References: ${earlier.map(messageIdOf).join('\r\n ')}`];
}
