/** What a Date header says: milliseconds since the epoch, or null with the reason; a guessed zone is told too. */
export type SentDate = {
  readonly at: number | null;
  readonly problem: 'missing' | 'unreadable' | 'impossible' | 'zone-unknown' | null;
};

const months: Record<string, number> = {};
/** English, Russian, Ukrainian, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Hungarian, Turkish, Nordic. */
const monthNames = [
  'jan january янв января січ січня ene enero gen gennaio jänner januar janvier janeiro januari sty stycznia styczeń led ledna leden január oca ocak ian ianuarie tammikuu tammikuuta tammi',
  'feb february фев февраля лют лютого fév févr février febbraio febrero fev fevereiro februari lut lutego luty úno února únor febr február şub şubat helmikuu helmikuuta helmi',
  'mar march мар марта бер березня mär märz mrz mrt mars marzo março maart marca marzec bře března březen márc március mart maaliskuu maaliskuuta maalis',
  'apr april апр апреля кві квітня avr avril abr abril aprile kwi kwietnia kwiecień dub dubna duben ápr április nis nisan huhtikuu huhtikuuta huhti aprilie',
  'may мая май тра травня mai mag maggio mayo mei maio maj maja kvě května květen máj május mayıs toukokuu toukokuuta touko',
  'jun june июн июня чер червня juin giu giugno junio juni junho cze czerwca czerwiec června červen čvn jún június haz haziran kesäkuu kesäkuuta kesä iun iunie',
  'jul july июл июля лип липня juil juillet lug luglio julio juli julho lip lipca lipiec července červenec čvc júl július tem temmuz heinäkuu heinäkuuta heinä iul iulie',
  'aug august авг августа сер серпня aoû août ago agosto augusti augustus sie sierpnia sierpień srp srpna srpen augusztus ağu ağustos elokuu elokuuta elo',
  'sep sept september сен сентября вер вересня set settembre septembre septiembre setembro wrz września wrzesień zář září szept szeptember eyl eylül syyskuu syyskuuta syys septembrie',
  'oct october окт октября жов жовтня okt oktober ott ottobre octobre octubre out outubro paź października październik říj října říjen október eki ekim lokakuu lokakuuta loka octombrie',
  'nov november ноя ноября лис листопада novembre noviembre novembro lis listopada listopad kas kasım marraskuu marraskuuta marras noi noiembrie',
  'dec december дек декабря гру грудня dez dezember dic dicembre décembre diciembre déc dezembro desember des gru grudnia grudzień pro prosince prosinec ara aralık joulukuu joulukuuta joulu decembrie',
];
for (const [index, names] of monthNames.entries()) for (const name of names.split(' ')) months[name] = index;

/** Minutes east of Greenwich. RFC 5322 §4.3 and the zones mail is seen with; IST and CST are read as most senders mean them. */
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  ast: -240,
  adt: -180,
  nst: -210,
  bst: 60,
  west: 60,
  cet: 60,
  met: 60,
  mez: 60,
  cest: 120,
  mest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  msd: 240,
  samt: 240,
  yekt: 300,
  omst: 360,
  krat: 420,
  novt: 420,
  irkt: 480,
  yakt: 540,
  vlat: 600,
  ist: 330,
  sgt: 480,
  hkt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
};

type Clock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

/** Removes comments, nested ones too. Text after an unclosed one is kept. */
function withoutComments(value: string): { readonly text: string; readonly comments: string } {
  let text = value;
  let comments = '';
  for (let rounds = 0; rounds < 5 && text.includes('('); rounds++)
    text = text.replace(/\(([^()]*)\)/g, (_, inside: string) => {
      comments += ` ${inside}`;
      return ' ';
    });
  return { text: text.replace(/[()]/g, ' '), comments };
}

/** Years of two and three digits as RFC 5322 §4.3 reads them. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return year + 1900;
  return year < 50 ? year + 2000 : year + 1900;
}

const time = String.raw`(\d{1,2})\s*[:.h]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2})(?:[.,]\d+)?)?\s*([ap]\.?m\b\.?)?`;
const dayFirst = new RegExp(
  String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?[\s,/-]*(?<!\p{L})(\p{L}{3,12})\.?[\s,/-]*(\d{2,4})(?:\s*г\.?)?(?:[\s,T]+(?:at\s+|в\s+|um\s+)?${time})?`,
  'iu',
);
const monthFirst = new RegExp(
  String.raw`(?<!\p{L})(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:${time}\s+(?:[A-Z+-][\w+:-]{0,6}\s+)?(\d{4})|(\d{4})(?:[\s,]+(?:at\s+)?${time})?)`,
  'iu',
);
const yearFirst = new RegExp(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+${time})?`, 'iu');

function hours(hour: string | undefined, half: string | undefined): number {
  const value = Number(hour ?? 0);
  if (half === undefined) return value;
  return (value % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

function clockOf(
  date: readonly [number, number | undefined, number],
  match: readonly (string | undefined)[],
): Clock | null {
  const [year, month, day] = date;
  if (month === undefined) return null;
  const [hour, minute, second, half] = match;
  return {
    year,
    month,
    day,
    hour: hours(hour, half),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
}

/** `2024. márc. 5.`, and `2024年3月5日`, in which numbers have names. */
const yearThenName = new RegExp(
  String.raw`(\d{4})\.?\s+(\p{L}{3,12})\.?\s+(\d{1,2})\.?(?:[\s,]+${time})?`,
  'iu',
);
const eastern = new RegExp(
  String.raw`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일](?:[^\d]{0,8}${time})?`,
  'iu',
);

/** `05.03.2024`: with dots the day always comes first. */
const dottedDay = new RegExp(String.raw`\b(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T,\s]+${time})?`, 'iu');

type Found = { readonly clock: Clock; readonly rest: string };

function monthOf(name: string | undefined): number | undefined {
  const lower = (name ?? '').toLowerCase();
  return months[lower] ?? months[lower.slice(0, 3)];
}

/** The date and time of day in a text, with what stands after them, where the zone is looked for. */
function findClock(text: string): Found | null {
  const iso = yearFirst.exec(text);
  if (iso) {
    const clock = clockOf([Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])], iso.slice(4, 8));
    if (clock) return { clock, rest: text.slice(iso.index + iso[0].length) };
  }
  const dotted = dottedDay.exec(text);
  if (dotted) {
    const clock = clockOf([Number(dotted[3]), Number(dotted[2]) - 1, Number(dotted[1])], dotted.slice(4, 8));
    if (clock) return { clock, rest: text.slice(dotted.index + dotted[0].length) };
  }
  const named = eastern.exec(text);
  if (named) {
    const clock = clockOf([Number(named[1]), Number(named[2]) - 1, Number(named[3])], named.slice(4, 8));
    if (clock) return { clock, rest: text.slice(named.index + named[0].length) };
  }
  const yearName = yearThenName.exec(text);
  if (yearName) {
    const clock = clockOf(
      [Number(yearName[1]), monthOf(yearName[2]), Number(yearName[3])],
      yearName.slice(4, 8),
    );
    if (clock) return { clock, rest: text.slice(yearName.index + yearName[0].length) };
  }
  const first = dayFirst.exec(text);
  if (first) {
    const clock = clockOf([fullYear(first[3] ?? ''), monthOf(first[2]), Number(first[1])], first.slice(4, 8));
    if (clock) return { clock, rest: text.slice(first.index + first[0].length) };
  }
  const american = monthFirst.exec(text);
  if (american) {
    const isYearLast = american[7] !== undefined;
    const year = Number(isYearLast ? american[7] : american[8]);
    const clock = clockOf(
      [year, monthOf(american[1]), Number(american[2])],
      isYearLast ? american.slice(3, 7) : american.slice(9, 13),
    );
    const inside = american[0].replace(/^.*?\d:\d\d(?::\d\d)?/, '').replace(/\d{4}$/, '');
    const after = text.slice(american.index + american[0].length);
    if (clock) return { clock, rest: `${isYearLast ? inside : ''} ${after}` };
  }
  return null;
}

/** Minutes east of Greenwich that a text names; undefined when it names a zone we cannot place, null when none. */
function zoneOf(text: string): number | null | undefined {
  const offset = /([+-])\s?(\d{1,2}):?(\d{2})?\b/.exec(text);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 15 * 60 || Number(offset[3] ?? 0) > 59) return undefined;
    return offset[1] === '-' ? -minutes : minutes;
  }
  const name = /[A-Za-z]{1,5}/.exec(text)?.[0].toLowerCase();
  if (name === undefined) return null;
  const known = zones[name];
  // A single military letter says nothing for certain: RFC 5322 §4.3 reads all but Z as unknown.
  return known;
}

/** Reads a Date header (decoded text) in the forms mail is seen with. RFC 5322 §3.3, §4.3. */
export function parseDate(value: string | null): SentDate {
  if (value === null || value.trim() === '') return { at: null, problem: 'missing' };
  const { text, comments } = withoutComments(value.slice(0, 300));
  const found = findClock(text);
  if (!found) return { at: null, problem: 'unreadable' };
  const { year, month, day, hour, minute, second } = found.clock;
  const isDay =
    month >= 0 && month < 12 && day >= 1 && day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const isTime = hour <= 24 && minute <= 59 && second <= 61;
  if (!isDay || !isTime || year < 1970 || year > 2200) return { at: null, problem: 'impossible' };
  const zone = zoneOf(found.rest) ?? zoneOf(comments);
  const local = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  const at = local - (zone ?? 0) * 60_000;
  if (at < 0) return { at: null, problem: 'impossible' };
  return { at, problem: zone == null ? 'zone-unknown' : null };
}
