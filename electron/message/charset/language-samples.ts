/**
 * A few sentences of each language that is written in Latin letters with marks, and its letters beyond ASCII. From them it
 * is learned which letters follow each other. Written as letters are: greetings, days, money, apologies.
 */
export type LanguageSample = {
  /** Letters beyond ASCII, small ones. */
  readonly letters: string;
  readonly text: string;
};

/** Written in the charsets of their neighbours too. */
const german: LanguageSample = {
  letters: 'äöüß',
  text: 'schöne grüße aus münchen! für die straße müssen wir größere schlüssel haben. könnten sie mir bitte nächste woche die rechnung schicken? über das gespräch hätte ich mich gefreut, natürlich später. die bücher hören auf, ich möchte übrigens heißen tee. fußball, weiß, groß, schließlich, äpfel, öl, übung, mädchen, jährlich, zurück, während, können, würde, für, früh, grün, süß, köln, österreich, dürfen, löschen, erklären, verfügung, mögen, wäre, täglich, gehört, geöffnet, geprüft, ähnlich, öffnen, überweisung, erhältlich, käufer, läuft, häufig',
};
const english: LanguageSample = {
  letters: 'éèàïöü',
  text: 'the café at the corner is fine, see you on monday. please send the résumé and the fiancée of zoë will do the rest. naïve, cliché, façade, coöperate, über, déjà vu, voilà, touché, sautéed, olé, mr müller from köln wrote about the price list and the invoice. we thank you for your letter, best wishes, yours sincerely, what do you think of this, have a nice weekend, all is well with us here',
};

const western: readonly LanguageSample[] = [
  {
    letters: 'àèéìòù',
    text: 'perché non è più così? verrà lunedì, però la città è lontana e non c’è tempo. può darsi che sarà già qui martedì o giovedì. finché c’è la possibilità, lì si può andare; né lui né lei ha pagato metà della quantità. buongiorno, le invio la fattura di venerdì, grazie mille e cordiali saluti. università, attività, caffè, poiché, cioè, tè, giù, su, ciò, dirò, farò, sì, virtù, qualità, verità, libertà, ventitré',
  },
  {
    letters: 'áéíñóúü¿¡ªº',
    text: '¿cómo estás? mañana el niño comió aquí con su mamá. también está la señora, pequeña pero rápida. ¡qué día! el año pasado envié la factura número tres. según él, además habrá más información en la reunión del miércoles o sábado. gracias por tu atención, un saludo. español, corazón, canción, estación, después, sólo, así, allí, sí, aún, dónde, cuándo, quién, teléfono, dirección, difícil, fácil, útil, público, país, pingüino, vergüenza, compañía, montaña, cumpleaños, árbol, último, ojalá, podrás, tendré',
  },
  {
    letters: 'áâãàçéêíóôõúª',
    text: 'não é possível, amanhã há reunião às três horas. você também está em são paulo? a informação não chegou até agora. obrigado pela atenção, até terça-feira. o avô comeu pão e maçã no café da manhã. situação, opções, corações, ações, mãe, irmão, português, inglês, mês, está, já, só, vocês, além, será, difícil, começou, preço, serviço, endereço, próximo, último, número, relatório, férias, possíveis, câmera, ônibus, lâmpada, saúde, país, coração, questões, eleições, avó, pôr, põe, também, porém, à tarde, àquela',
  },
  {
    letters: 'àâæçéèêëîïôœùûüÿ',
    text: 'où êtes-vous ? l’été dernier à la fête, nous étions très déçus. ça va être réglé dès février, même si c’était difficile. voilà la facture n’a pas été payée à l’école. je vous prie d’agréer mes salutations distinguées. garçon, français, leçon, reçu, forêt, hôtel, tôt, côté, août, sûr, dû, goût, île, maître, naïf, noël, maïs, œuvre, cœur, sœur, élève, mère, père, frère, problème, après, déjà, là, où, réunion, société, téléphone, numéro, année, journée, idée, première, dernière, prêt, arrêté, bientôt, plaît, connaître, âge, pâté, gâteau, château',
  },
  german,
  {
    letters: 'éëïèöüáóíê',
    text: 'beste allemaal, één van ons komt morgen niet. de coördinatie van de reünie is geregeld, hè? de financiële ideeën zijn geïnteresseerd besproken. met vriendelijke groet, patiënt, beëindigen, tweeën, drieën, zeeën, café, crèche, vóór, hé, scène, oekraïne, belgië, italië, coöperatie, reëel, officiële, geëist, naïef, egoïst, categorieën',
  },
  {
    letters: 'æøåé',
    text: 'kære alle, på lørdag må vi gå på arbejde. jeg håber, du får det godt. vi ses i næste måned på øen. hvornår kan du gøre det færdigt? undskyld, jeg kunne ikke nå det i går. blåbærgrød, rødgrød med fløde, år, så, også, står, når, når, være, læse, sætte, pære, første, større, større, høre, køre, køb, spørgsmål, mødet, tør, én, værelse, både, båd, mål, åben, ændre, ærlig, øl, ønsker, besøg, prøve, søndag, århus, sø, ø, ærø, malmø, tø, æble, æg, værløse',
  },
  {
    letters: 'æøåéòôâ',
    text: 'hei, på lørdag må vi gå på jobb. jeg håper du får det bra. vi sees i neste måned på øya. når kan du gjøre det ferdig? beklager, jeg rakk ikke å få det gjort i går. blåbær, år, så, også, står, når, være, lære, lese, først, større, høre, kjøre, kjøp, spørsmål, møtet, tør, én, både, båt, mål, åpen, endre, ærlig, øl, ønsker, besøk, prøve, søndag, nå, språk, forstår, må, får, hær, gjør, før, øyeblikk, æra, tromsø, bodø, sjø, snø, ø, tø, fjorden, århus',
  },
  {
    letters: 'åäöéü',
    text: 'hej på dig, på lördag måste vi gå till jobbet. jag hoppas att du mår bra. vi ses nästa månad på ön. när kan du göra det färdigt? tyvärr hann jag inte i går. smörgås, räksmörgås, år, så, också, står, när, är, vår, få, även, först, större, höra, köra, köp, frågor, mötet, för, både, båt, mål, öppen, ändra, ärlig, öl, önskar, besök, pröva, söndag, språk, förstår, där, här, väl, länge, människa, många, några, två, idé, å, hälsningar, välkommen, bättre, åtta, nio, väg, kött, ägg',
  },
  {
    letters: 'äöåšž',
    text: 'hyvää päivää, tässä on lasku viime viikolta. en pääse tänään, mutta huomenna ehkä. äiti ja isä ovat mökillä; näin heitä siellä. ystävällisin terveisin, hyvä, tämä, mitä, missä, pitää, tehdään, käydä, päivä, yö, työ, työtä, pöytä, tyttö, öljy, länsi, itä, etelä, pää, kymmentä, lähettää, sähköposti, lisätä, näyttää, tärkeä, äkkiä, älä, ettei, hän, hänen, myös, kyllä, sitä, niitä, mennään, nähdään, kiitän, åbo, häiritsee, möisiin, hyöty',
  },
  {
    letters: 'áæðéíóöúýþ',
    text: 'sæl og blessuð, ég ætla að koma á þriðjudaginn. það er ekki hægt að fá þetta í dag, því miður. hvað segir þú um það? við hittumst á fimmtudag klukkan þrjú. ísland, íslenska, þú, þið, það, þeir, þau, ég, við, með, að, frá, hjá, úr, út, á, í, ó, já, nei, góðan daginn, bréf, árið, veður, maður, kona, sími, tölva, þakka þér fyrir, kær kveðja, verð, borða, fögur, höfuð, mjög, ör, æska, læra, æð, ný, sýna, mýs, tvö, átta, níu, þúsund, síðan, næst, ágúst, fæða, svæði, öll',
  },
  {
    letters: 'àçèéíïòóúü·',
    text: 'bon dia, demà no podré venir a la reunió perquè he d’anar a l’estació. això és molt difícil, però també és possible. gràcies per la teva atenció. què vols? l’any passat vaig pagar la factura número tres. català, àrea, cançó, plaça, força, després, però, més, només, aquí, allà, així, ja, són, són, està, informació, telèfon, país, veïns, raïm, pingüí, llengües, col·legi, novè, mà, dilluns, sí, últim, únic, fàcil, camió, avió, serà, òpera, història, família',
  },
  english,
  {
    letters: 'áéíóú',
    text: 'dia dhuit, conas atá tú? tá mé go maith, go raibh maith agat. beidh mé ag dul go dtí an siopa amárach. cá bhfuil an leabhar? níl a fhios agam. éire, gaeilge, agus, mór, beag, tír, fáilte, sláinte, múinteoir, óg, sé, sí, siúl, lá, oíche, bóthar, úll, bád, scríobh, léamh, déan, rún, cúig, céad, páiste, seomra, íoc, á, ár, trí',
  },
];

const central: readonly LanguageSample[] = [
  german,
  english,
  {
    letters: 'áčďéěíňóřšťúůýž',
    text: 'příliš žluťoučký kůň úpěl ďábelské ódy; zítra přijedeme vlakem. dobrý den, děkuji za vaši zprávu. můžete mi prosím poslat účet? že bychom se sešli v úterý večer, nebo až ve čtvrtek. těším se na vás. když, už, ještě, také, které, který, jsem, není, může, být, více, před, při, přes, děti, město, náměstí, září, říjen, červen, červenec, březen, květen, únor, dvě, tři, čtyři, pět, šest, tisíc, peníze, ulice, dům, stůl, růže, loď, teď, síť, chuť, žena, člověk, lidé, něco, nic, žádný, dále, souhlasíme, přílohou, hezký, víkend, svůj, budeš, řekl, ďas, tělo, ňu, bóže',
  },
  {
    letters: 'áäčďéíĺľňóôŕšťúýž',
    text: 'dobrý deň, ďakujem za vašu správu. môžete mi prosím poslať účet? že by sme sa stretli v utorok večer, alebo až vo štvrtok. teším sa na vás. keď, už, ešte, tiež, ktoré, ktorý, som, nie, môže, byť, viac, pred, pri, cez, deti, mesto, námestie, máj, jún, júl, päť, desať, šesť, tisíc, peniaze, dom, stôl, ruža, loď, teraz, sieť, žena, človek, ľudia, niečo, nič, žiadny, ďalej, súhlasíme, prílohou, pekný, víkend, vŕba, kôň, mäso, ľad, ĺ, kĺb, stĺp, ťažký, ňou, čakať, príde, zajtra, väčší',
  },
  {
    letters: 'ąćęłńóśźż',
    text: 'zażółć gęślą jaźń. dzień dobry, dziękuję za wiadomość. czy mógłby pan przesłać mi rachunek? spotkamy się we wtorek lub w środę, później może być za późno. cieszę się na spotkanie. że, już, jeszcze, też, które, który, są, być, może, więcej, przed, przy, przez, dzieci, miasto, październik, wrzesień, styczeń, maj, pięć, sześć, dziewięć, dziesięć, tysiąc, pieniądze, dom, stół, łódź, sieć, kobieta, człowiek, ludzie, coś, nic, żaden, dalej, załącznik, miły, będę, będzie, chcę, proszę, pytań, książka, mąż, żona, wrócił, poszedł, była, miał, główny, łąka, świat, święta, ćma, ósmy, łza, paweł, michał, kraków, również, gdańsk, koń, państwo, źle, źródło',
  },
  {
    letters: 'áéíóöőúüű',
    text: 'árvíztűrő tükörfúrógép. jó napot kívánok, köszönöm a levelét. kérem, küldje el a számlát. kedden vagy szerdán találkozunk, később már túl késő. örülök a találkozásnak. és, már, még, is, amely, aki, van, lehet, több, előtt, után, gyerekek, város, szeptember, január, május, június, július, öt, hét, nyolc, száz, ezer, pénz, ház, asztal, hálózat, nő, férfi, ember, valami, semmi, tovább, melléklet, szép, hétvégét, leszek, szeretném, kérdés, könyv, férj, feleség, főnök, idő, erdő, fű, űr, gyűlés, különböző, üdvözlettel, őszintén, úgy, út, új, ő, önök, küldött, szükség, működik, felelős, érdekel, sürgős, elmúlt, így, között',
  },
  {
    letters: 'ăâîşţșțáé',
    text: 'bună ziua, vă mulţumesc pentru mesaj. puteţi să-mi trimiteţi factura, vă rog? ne întâlnim marţi sau miercuri, mai târziu nu se poate. mă bucur să vă văd. şi, că, să, în, până, după, când, mâine, astăzi, săptămâna, lună, ţară, oraş, copiii, bani, casă, masă, reţea, femeie, bărbat, oameni, ceva, nimic, mâncare, pâine, câine, român, românia, înainte, împreună, îmi, îţi, aşa, şase, şapte, opt, douăzeci, preţ, viaţă, faţă, soţ, şcoală, ştiu, aţi, fără, târg, vânt, sfârşit, începe, întrebare, mulţi, puţin, bucureşti, braşov, iaşi',
  },
  {
    letters: 'čćđšž',
    text: 'dobar dan, hvala na poruci. možete li mi, molim, poslati račun? vidimo se u četvrtak ili sutra, kasnije neće moći. radujem se susretu. šta, što, već, još, takođe, također, koji, može, biti, više, djeca, grad, siječanj, veljača, ožujak, svibanj, srpanj, listopad, šest, sto, kuća, stol, mreža, žena, čovjek, ljudi, nešto, ništa, dalje, lijep, ću, ćeš, hoće, nađi, rođendan, događaj, đak, država, važno, ključ, noć, sreća, riječ, čekati, želim, prijedlog, između, gospođa, lep, vaš, naš, češće, srečno, jutri, prišel, če, že, ljubljana, včeraj, čas, moški, šola, življenje, živjo, končno',
  },
  {
    letters: 'çë',
    text: 'përshëndetje, faleminderit për mesazhin. a mund të më dërgoni faturën? do të takohemi të martën, më vonë është vështirë. është, që, në, të, së, nëse, çfarë, çdo, shtëpi, njerëz, bëj, bën, janë, një, dhjetë, gjashtë, ëndërr, çmim, çelës, shumë, tiranë, shqipëri, gjuhë, vetëm, këtë, atë, përse, fëmijë, çaj',
  },
];

const baltic: readonly LanguageSample[] = [
  german,
  english,
  {
    letters: 'ąčęėįšųūž',
    text: 'laba diena, ačiū už laišką. ar galėtumėte atsiųsti sąskaitą? susitiksime antradienį arba trečiadienį, vėliau nebus galima. džiaugiuosi susitikimu. kad, jau, dar, taip pat, kurį, kuris, yra, būti, gali, daugiau, prieš, vaikai, miestas, sausis, gegužė, birželis, rugsėjis, penki, šeši, dešimt, tūkstantis, pinigų, namas, stalas, moteris, žmogus, žmonės, kažkas, nieko, toliau, priedas, gražus, būsiu, norėčiau, klausimų, knyga, vyrą, žmoną, grįžo, išėjo, pasaulį, šventė, šalis, įmonė, įdomu, ąžuolas, ūkis, mūsų, jūsų, jų, tų, visų, vilniaus, įlinkdama fechtuotojo špaga, žvilgsnis, ėjo, ežeras, čia, čekis, ęs, tęsti, sąrašas, reikėtų, žinių, nuoširdžiai, vertę',
  },
  {
    letters: 'āčēģīķļņšūžōŗ',
    text: 'labdien, paldies par vēstuli. vai jūs varētu atsūtīt rēķinu? tiksimies otrdien vai trešdien, vēlāk nebūs iespējams. priecājos par tikšanos. ka, jau, vēl, arī, kurš, kuru, ir, būt, var, vairāk, pirms, bērni, pilsēta, janvāris, jūnijs, jūlijs, pieci, seši, desmit, tūkstotis, nauda, māja, galds, sieviete, cilvēks, cilvēki, kaut kas, nekas, tālāk, pielikums, skaists, būšu, vēlētos, jautājumu, grāmata, vīrs, sieva, pasaulē, svētki, ģimene, ķermenis, ļoti, ņemt, šodien, rīt, zeme, žurnāls, čaks, ēst, īsti, ūdens, āboli, rīgā, latvijā, mūsu, jūsu, viņa, viņš, ceļš, kaķis, kuģis, gaļa, zēns, glāžšķūņa rūķīši, sveicieni, lūdzu, nākamajā, nedēļā, tāpēc, kāpēc',
  },
  {
    letters: 'äõöüšž',
    text: 'tere päevast, tänan kirja eest. kas te võiksite saata mulle arve? kohtume teisipäeval või kolmapäeval, hiljem ei ole võimalik. rõõm oleks näha. juba, veel, ka, mis, kes, on, olla, võib, rohkem, enne, pärast, lapsed, linn, jaanuar, märts, mai, viis, kümme, tuhat, raha, maja, laud, naine, mees, inimesed, midagi, järgmine, lõuna, ilus, õhtu, päev, nädal, küsimus, õun, õpetaja, öö, töö, köök, külm, üks, üldse, sõber, põhjus, tõesti, mõni, kõik, hästi, äri, šokolaad, garaaž, jüri, tallinn, jõulud, tervitades, köstme, süüa, mägi, võõras',
  },
];

const turkish: readonly LanguageSample[] = [
  german,
  english,
  {
    letters: 'âçğıîöşüûi̇',
    text: 'merhaba, mesajınız için teşekkür ederim. faturayı gönderebilir misiniz lütfen? salı veya çarşamba günü görüşürüz, daha sonra mümkün değil. görüşmek üzere. şu, bu, için, çok, değil, olduğu, çünkü, nasıl, şimdi, yarın, bugün, dün, gün, yıl, ağustos, şubat, haziran, kasım, beş, altı, dört, yüz, bin, çocuk, şehir, ev, masa, kadın, adam, insanlar, bir şey, hiç, güzel, hafta sonu, kitap, karım, kocam, dünya, ülke, türkiye, istanbul, ığdır, ışık, sıcak, soğuk, dağ, yağmur, öğretmen, öğrenci, üç, ürün, ücret, çağrı, açık, kapı, pijamalı hasta yağız şoföre çabucak güvendi, sayın, saygılarımla, iyi çalışmalar, hâlâ, kâğıt, doğru, toplantı, kaçta, başlıyor, yapıldı, dışarı',
  },
];

const vietnamese: readonly LanguageSample[] = [
  {
    letters: 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ',
    text: 'xin chào, cảm ơn bạn đã gửi thư. bạn có thể gửi cho tôi hóa đơn không? chúng ta gặp nhau vào thứ ba hoặc thứ tư, muộn hơn thì không được. rất vui được gặp bạn. tiếng việt, việt nam, hà nội, thành phố, người, những, các, của, và, là, với, này, đó, đây, khi, nếu, nhưng, vì, để, được, đến, đi, về, trong, ngoài, trên, dưới, năm, tháng, ngày, giờ, một, hai, bốn, sáu, bảy, tám, chín, mười, nghìn, tiền, nhà, bàn, phụ nữ, đàn ông, trẻ em, điều, gì, nữa, đẹp, cuối tuần, sách, vợ, chồng, thế giới, nước, trời, đất, mưa, nắng, giáo viên, học sinh, đường, phở, bún, cơm, trà, cà phê, kính gửi, trân trọng, hẹn gặp lại, cuộc họp, ngày mai, thứ sáu, vẫn, cũng, mỗi, lỗi, xã hội, quốc, hội nghị, địa chỉ, điện thoại, số, đã, sẽ, rõ, ở, bị, từ, chữ',
  },
];

/** The languages that may be written in each charset, the likelier charset first. */
export const samplesByCharset: Readonly<Record<string, readonly LanguageSample[]>> = {
  'windows-1252': western,
  'windows-1250': central,
  'iso-8859-2': central,
  'windows-1254': turkish,
  'windows-1257': baltic,
  'iso-8859-13': baltic,
  'iso-8859-4': baltic,
  'windows-1258': vietnamese,
  'iso-8859-15': western,
  'iso-8859-16': central,
  viscii: vietnamese,
  macintosh: western,
  'x-mac-ce': central,
  cp850: western,
  cp852: central,
};
