import { foldWord } from './word-folding.ts';

/*
 * Words whose forms no stemmer joins. Each line is one word, its first form the one under which the index keeps it.
 */
const groups: Readonly<Record<string, string>> = {
  en: `
child children; man men; woman women; foot feet; tooth teeth; goose geese; mouse mice; person people; life lives;
wife wives; knife knives; leaf leaves; half halves; shelf shelves; datum data; analysis analyses; crisis crises;
index indices; criterion criteria; go goes went gone;
buy bought; bring brought; think thought; catch caught; teach taught; seek sought; fight fought; sell sold; tell told;
say said; pay paid; make made; send sent; spend spent; lend lent; build built; mean meant; meet met; leave left;
feel felt; keep kept; sleep slept; lose lost; find found; hold held; stand stood; understand understood; sit sat;
get got gotten; give gave given; take took taken; write wrote written; speak spoke spoken; break broke broken;
choose chose chosen; drive drove driven; eat ate eaten; fall fell fallen; fly flew flown; forget forgot forgotten;
grow grew grown; know knew known; show showed shown; throw threw thrown; draw drew drawn; see saw seen; begin began begun;
drink drank drunk; sing sang sung; swim swam swum; run ran; come came; become became; win won; hear heard; lead led;
read; ride rode ridden; rise rose risen; shake shook shaken; steal stole stolen; wear wore worn; tear tore torn;
hide hid hidden; bite bit bitten; freeze froze frozen; wake woke woken; good better best; bad worse worst; shoot shot;
colour color colours colors; neighbour neighbor neighbours neighbors; favour favor favours favors; centre center centres centers;
cancelled canceled; travelled traveled; licence license licences licenses; cheque check cheques checks; programme program programmes programs;
organise organize organised organized organisation organization; grey gray; behaviour behavior; labour labor; honour honor; harbour harbor`,
  de: `
fahren fuhr fuhren fahrt gefahren; gehen ging gingen gegangen; kommen kam kamen gekommen; 
geben gab gaben gibt gegeben; nehmen nahm nahmen nimmt genommen; sehen sah sahen sieht gesehen; lesen las lasen liest gelesen;
essen aß aßen isst gegessen; sprechen sprach sprachen spricht gesprochen; treffen traf trafen trifft getroffen;
finden fand fanden gefunden; trinken trank tranken getrunken; schreiben schrieb schrieben geschrieben;
bleiben blieb blieben geblieben; bringen brachte brachten gebracht; denken dachte dachten gedacht; wissen weiß wusste wussten gewusst;
stehen stand standen gestanden; verstehen verstand verstanden; laufen lief liefen läuft gelaufen; fliegen flog flogen geflogen;
schließen schloss schlossen geschlossen; verlieren verlor verloren; ziehen zog zogen gezogen; helfen half halfen hilft geholfen;
tun tat taten getan; halten hielt hielten hält gehalten; lassen ließ ließen lässt gelassen;
rufen rief riefen gerufen; beginnen begann begannen begonnen; gewinnen gewann gewannen gewonnen; liegen lag lagen gelegen;
tragen trug trugen trägt getragen; schlafen schlief schliefen schläft geschlafen; bitten bat baten gebeten; kennen kannte kannten gekannt;
anrufen angerufen; ankommen angekommen; mutter mütter; tochter töchter; bruder brüder; vater väter; gut besser beste besten`,
  fr: `
aller va vais vont allons allez allé allée allés ira iront; 
faire fait faits faites font faisait fera feront; venir vient viennent venu venus viendra; voir vu vus voit voient verra;
pouvoir peut peuvent pouvait pourra; vouloir veut veulent voulait voulu; devoir doit doivent devait dû; savoir sait savent savait su;
prendre prend prennent pris prise prises; mettre met mettent mis mise mises; écrire écrit écrits écrite écrivent écrivait;
recevoir reçoit reçu reçus reçue reçoivent; payer paie paient payé payés payée payées; lire lit lisent lu lus; œil yeux; monsieur messieurs; madame mesdames;
cheval chevaux; journal journaux; travail travaux; ciel cieux; dire dit dits disent; boire boit bu; envoyer envoie envoient enverra; finir finit finissent finissaient fini`,
  es: `
ir va vas van vamos fue fueron iba ido; hacer hace hago hizo hicieron hecho hecha;
tener tiene tengo tienen tuvo tuvieron tenido; poder puede pueden pudo pudieron; querer quiere quieren quiso; decir dice dicen dijo dijeron dicho;
venir viene vengo vienen vino vinieron; ver veo ve vio vieron visto; poner pone pongo puso pusieron puesto; saber sé sabe supo;
dar da dio dieron dado; traer trae trajo trajeron traído; escribir escribe escrito escrita; volver vuelve vuelven volvió vuelto; dormir duerme durmió;
pagar pago paga pagan pagué pagó pagaron pagado pagada pagados pagadas; pedir pide piden pidió pidieron; luz luces; vez veces; pez peces`,
  it: `
andare va vado vanno andato andata; fare fa faccio fanno fatto fatta fatti;
dire dice dicono detto detta; venire viene vengono venuto venuta; scrivere scrive scritto scritta scritti scritte scrisse;
leggere legge letto letta letti; prendere prende preso presa presi; mettere mette messo messa messi; chiedere chiede chiesto chiesta;
vedere vede visto vista visti; rispondere risponde risposto; chiudere chiude chiuso chiusa; aprire apre aperto aperta; uomo uomini; potere può possono; dovere deve devono; spendere speso spesa`,
  pl: `
dziecko dziecka dziecku dzieckiem dzieci dzieciom dziećmi dzieciach; człowiek człowieka człowiekiem ludzie ludzi ludziom ludźmi;
pies psa psu psem psy psów psom psami; dzień dnia dniu dniem dni dniom dniami dniach; tydzień tygodnia tygodniu tygodnie tygodni;
rok roku rokiem lata lat latach; brat bracia braci braciom braćmi; ksiądz księdza księża; przyjaciel przyjaciele przyjaciół;
iść idę idzie szedł szła szli poszedł poszła; ręka ręce rąk rękami; oko oczy oczu oczami; ucho uszy;
miasto mieście miasta miast; stół stołu stole stoły; koń konia konie koni; samochód samochodu samochody; wieczór wieczoru wieczorem;
praca pracy pracę pracą prac; kot kota koty kotów; droga drodze drogi dróg; noga nodze nogi nóg; książka książce książki książek; matka matce matki matek;
wziąć biorę wzięła wziął; jechać jadę jedzie jechał jechała pojechał; móc mogę może mógł mogła; list listy liście listów`,
  ru: `
ребёнок ребёнка ребёнку ребёнком ребёнке дети детей детям детьми детях; человек человека человеку человеком люди людей людям людьми людях;
друг друга другу другом друге друзья друзей друзьям друзьями друзьях; брат брата братья братьев братьям братьями; сын сына сыновья сыновей сыновьям;
год года году годом годы годов лет; день дня дню днём дни дней дням днями днях; идти иду идёт шёл шла шли пошёл пошла пойти; ехать еду едет ехал поехал поехать;
мать матери матерью матерей; дочь дочери дочерью дочерей; имя имени именем имена имён; время времени временем времена времён; хороший лучше лучший;
плохой хуже худший; муж мужа мужья мужей; стул стула стулья стульев; дерево дерева деревья деревьев; лист листа листья листьев; крыло крылья крыльев;
сосед соседа соседи соседей соседям; отец отца отцу отцом отцы; пёс пса псу псом псы псов; лев льва львы львов; конец конца концу концом концы концов;
подарок подарка подарку подарком подарки подарков; взять взял взяла возьму; рынок рынка рынке рынки; кусок куска куски;
деньги денег деньгам деньгами; окно окна окон окнам; письмо письма писем письмам письмом; сестра сестры сестёр сёстры сёстрам; земля земли земель;
ухо уши ушей ушами; глаз глаза глазами; писать пишу пишет пишут писал писала написал написать; платить плачу платит оплатить оплатил оплатили`,
  uk: `
дитина дитини дитину дитиною діти дітей дітям дітьми дітях; людина людини люди людей людям людьми; друг друга другу друзі друзів друзям друзями;
день дня дню днем дні днів дням; рік року роком роки років; тиждень тижня тижні тижнів; пес пса псу псом пси псів; брат брата брати братів;
йти йду йде йшов йшла пішов пішла піти; їхати їду їде їхав поїхав; київ києва києву києвом києві;
мати матері матір матерів; ім'я імені іменем імена; ніч ночі ніччю ночей; стіл стола столу столом столи столів; кінь коня коні коней; око очі очей очима;
лист листа листом листи листів; гроші грошей грошима; вікно вікна вікон; книга книги книзі книг; рука руки руці рук; нога ноги нозі ніг; писати пишу пише пишуть писав`,
  cs: `
dítě dítěte dítěti děti dětí dětem dětmi; člověk člověka člověku lidé lidí lidem lidmi; pes psa psu psem psi psů psům; den dne dni dnem dny dnů dnům; rok roku roky let letech;
přítel přítele přátelé přátel přátelům; jít jde jdu šel šla šli; ruka ruce rukou; oko oči očí; dům domu domě domy domů; stůl stolu stole stoly; kůň koně koni; kniha knize knihy knih;
praha praze prahy prahou; peníze peněz penězům; psát píše píšu psal psala; hrát hraje hrál; brát bere bral`,
  he: 'איש אנשים; אישה נשים; בת בנות; בן בנים; עיר ערים; אב אבות; בית בתים; ספר ספרים',
  ar: `
فاتورة فواتير; كتاب كتب; رسالة رسائل; مدرسة مدارس; مكتب مكاتب; مكتبة مكتبات; مشروع مشاريع; تقرير تقارير; عقد عقود; طلب طلبات; يوم أيام; شهر أشهر شهور;
سنة سنوات سنين; رجل رجال; امرأة نساء; ولد أولاد; طفل أطفال; صديق أصدقاء; بيت بيوت; شارع شوارع; مدينة مدن; بلد بلاد بلدان; موعد مواعيد; اجتماع اجتماعات;
صورة صور; ملف ملفات; درس دروس; طالب طلاب; مدير مدراء; عميل عملاء; خبر أخبار; سعر أسعار; رقم أرقام; اسم أسماء; حساب حسابات; وثيقة وثائق; مبلغ مبالغ; شركة شركات; بنك بنوك; قلم أقلام; باب أبواب; جواب أجوبة; سؤال أسئلة; تاجر تجار; عامل عمال; قسم أقسام; فندق فنادق; مطعم مطاعم; طريق طرق; سفر أسفار; خطاب خطابات`,
  tr: 'kitap kitabı kitabın kitaba kitabım; çocuk çocuğu çocuğun çocuğa; renk rengi renge; ağaç ağacı ağaca; mektup mektubu mektuba; hesap hesabı hesaba hesabım; cevap cevabı',
  nl: `
stad steden; schip schepen; kind kinderen; ei eieren; gaan ging gingen gegaan; komen kwam kwamen; kopen kocht kochten gekocht; brengen bracht gebracht; schrijven schreef schreven geschreven;
doen doet deed gedaan; zien ziet zag gezien; geven gaf gaven gegeven; nemen nam namen genomen; weten wist; lezen las gelezen; betalen betaald betaalde`,
};

function basesOf(lines: string): ReadonlyMap<string, string> {
  const bases = new Map<string, string>();
  for (const line of lines.split(';')) {
    const forms = line.trim().split(/\s+/u);
    const [base = ''] = forms;
    for (const form of forms) {
      const folded = foldWord(form.replaceAll('ё', 'е'));
      if (!bases.has(folded)) bases.set(folded, base);
    }
  }
  return bases;
}

const bases = new Map(Object.entries(groups).map(([language, lines]) => [language, basesOf(lines)]));

/** The form under which an irregular word is kept, in its own letters; null for any other word. */
export function irregularBase(folded: string, language: string): string | null {
  return bases.get(language)?.get(folded) ?? null;
}
