import type { ProviderLine } from './provider.ts';

/** Providers of Europe and its neighbours, by language. */
export const europeanProviders: readonly ProviderLine[] = [
  // Russian
  {
    name: 'Mail.ru',
    domains: 'mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru',
    mx: 'mail.ru',
    host: 'pop.mail.ru',
    notes: ['app-password'],
    pages: { 'app-password': 'https://account.mail.ru/user/2-step-auth/passwords/' },
    offersOAuth: true,
  },
  {
    name: 'Яндекс Почта',
    domains: 'yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua yandex.net narod.ru',
    mx: 'yandex.net yandex.ru',
    host: 'pop.yandex.com',
    notes: ['enable-pop', 'app-password'],
    pages: {
      'enable-pop': 'https://mail.yandex.ru/#setup/client',
      'app-password': 'https://id.yandex.ru/security/app-passwords',
    },
    offersOAuth: true,
  },
  {
    name: 'Рамблер Почта',
    domains: 'rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru rambler.ua',
    mx: 'rambler.ru',
    host: 'pop.rambler.ru',
    notes: ['enable-pop'],
    pages: { 'enable-pop': 'https://mail.rambler.ru/settings/mailapps' },
  },
  // German
  {
    name: 'GMX',
    domains: 'gmx.de gmx.net gmx.at gmx.ch gmx.eu gmx.biz gmx.org gmx.info mein.gmx mail.gmx email.gmx',
    mx: 'gmx.net',
    host: 'pop.gmx.net',
    notes: ['enable-pop', 'check-every-15-minutes'],
    pages: { 'enable-pop': 'https://hilfe.gmx.net/pop-imap/einschalten.html' },
  },
  {
    name: 'WEB.DE',
    domains: 'web.de email.de',
    mx: 'web.de',
    host: 'pop3.web.de',
    userForm: 'local-part',
    notes: ['enable-pop', 'check-every-15-minutes'],
    pages: { 'enable-pop': 'https://hilfe.web.de/pop-imap/einschalten.html' },
  },
  {
    name: 'T-Online',
    domains: 't-online.de magenta.de',
    mx: 't-online.de',
    host: 'securepop.t-online.de',
    notes: ['own-mail-password'],
  },
  { name: 'freenet', domains: 'freenet.de', host: 'mx.freenet.de', notes: ['enable-pop'] },
  { name: '1&1', domains: 'online.de onlinehome.de sofortstart.de', host: 'pop.1und1.de' },
  { name: 'IONOS', domains: 'ionos.de', mx: 'kundenserver.de ionos.de', host: 'pop.ionos.de' },
  { name: 'IONOS (international)', domains: 'ionos.com', mx: '1and1.com ionos.com', host: 'pop.ionos.com' },
  { name: 'STRATO', domains: 'strato.de', mx: 'rzone.de', host: 'pop3.strato.de' },
  {
    name: 'Posteo',
    domains: 'posteo.de posteo.net posteo.org posteo.eu posteo.at posteo.ch',
    mx: 'posteo.de',
    host: 'posteo.de',
  },
  { name: 'mailbox.org', domains: 'mailbox.org', mx: 'mailbox.org', host: 'pop3.mailbox.org' },
  { name: 'A1', domains: 'a1.net aon.at', host: 'pop.a1.net' },
  { name: 'Bluewin', domains: 'bluewin.ch', host: 'pop3s.bluewin.ch' },
  // French
  { name: 'Orange', domains: 'orange.fr wanadoo.fr', host: 'pop.orange.fr' },
  { name: 'Free', domains: 'free.fr', mx: 'free.fr', host: 'pop.free.fr', userForm: 'local-part' },
  { name: 'SFR', domains: 'sfr.fr neuf.fr cegetel.net club-internet.fr', host: 'pop.sfr.fr' },
  {
    name: 'La Poste',
    domains: 'laposte.net',
    host: 'pop.laposte.net',
    userForm: 'local-part',
    notes: ['enable-pop'],
  },
  { name: 'OVHcloud', domains: 'ovh.net', mx: 'ovh.net', host: 'ssl0.ovh.net' },
  { name: 'Proximus', domains: 'skynet.be proximus.be belgacom.net', host: 'pop.proximus.be' },
  // Italian
  {
    name: 'Libero',
    domains: 'libero.it iol.it blu.it inwind.it giallo.it',
    host: 'popmail.libero.it',
    notes: ['own-mail-password'],
  },
  { name: 'Virgilio', domains: 'virgilio.it', host: 'in.virgilio.it' },
  { name: 'TIM', domains: 'tim.it', host: 'pop.tim.it', startTls: true },
  { name: 'Tiscali', domains: 'tiscali.it', host: 'pop.tiscali.it' },
  { name: 'Aruba', domains: 'aruba.it technet.it', mx: 'aruba.it', host: 'pop3s.aruba.it' },
  // Czech and Slovak
  {
    name: 'Seznam Email',
    domains: 'seznam.cz email.cz post.cz spoluzaci.cz',
    mx: 'seznam.cz',
    host: 'pop3.seznam.cz',
    notes: ['enable-pop'],
  },
  { name: 'Centrum.cz', domains: 'centrum.cz atlas.cz volny.cz', host: 'pop3.centrum.cz' },
  // Polish
  {
    name: 'Onet Poczta',
    domains: 'onet.pl op.pl onet.eu poczta.onet.pl vp.pl autograf.pl',
    host: 'pop3.poczta.onet.pl',
    notes: ['enable-pop'],
  },
  {
    name: 'WP Poczta',
    domains: 'wp.pl',
    host: 'pop3.wp.pl',
    userForm: 'local-part',
    notes: ['enable-pop'],
  },
  {
    name: 'Interia',
    domains: 'interia.pl interia.eu poczta.fm intmail.pl',
    host: 'poczta.interia.pl',
    notes: ['enable-pop'],
  },
  {
    name: 'o2 Poczta',
    domains: 'o2.pl go2.pl tlen.pl prokonto.pl',
    host: 'poczta.o2.pl',
    userForm: 'local-part',
    notes: ['enable-pop'],
  },
  // Dutch, Nordic, Baltic
  {
    name: 'KPN',
    domains: 'kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl telfort.nl',
    host: 'pop.kpnmail.nl',
  },
  { name: 'Ziggo', domains: 'ziggo.nl home.nl casema.nl', host: 'pop.ziggo.nl' },
  { name: 'Telia', domains: 'telia.com', host: 'mailin.telia.com' },
  {
    name: 'inbox.lv',
    domains: 'inbox.lv inbox.lt inbox.eu inbox.la',
    host: 'mail.{domain}',
    notes: ['enable-pop', 'own-mail-password'],
  },
  { name: 'mail.ee', domains: 'mail.ee', host: 'mail.ee' },
  // British, Ukrainian, Spanish
  { name: 'BT Internet', domains: 'btinternet.com btopenworld.com', host: 'mail.btinternet.com' },
  { name: 'Sky', domains: 'sky.com', host: 'pop.tools.sky.com', notes: ['app-password'] },
  { name: 'UKR.NET', domains: 'ukr.net', host: 'pop3.ukr.net', notes: ['enable-pop', 'app-password'] },
  { name: 'Telefónica', domains: 'telefonica.net', host: 'pop3.telefonica.net' },
];
