import { describe, expect, test } from 'vitest';
import type { Probe, ProbeOutcome } from '../../../electron/account/discovery/candidates.ts';
import { discoverSettings } from '../../../electron/account/discovery/discover-settings.ts';
import type { LookUp } from '../../../electron/account/discovery/look-up.ts';
import { asksFirst, type SettingsCandidate } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import { usualProviderDatabase } from '../../../shared/preferences.ts';

/** The world a search meets: who answers what. Whatever is not named is not there. */
type World = {
  readonly documents?: Readonly<Record<string, string>>;
  readonly mx?: readonly string[];
  readonly srv?: Readonly<Record<string, readonly { host: string; port: number }[]>>;
  /** Outcome by `host:port`; others are refused. */
  readonly servers?: Readonly<Record<string, 'pop3' | Failure['kind']>>;
  /** What happens where no server is named. */
  readonly elsewhere?: Failure['kind'];
  /** Hosts in a private network. */
  readonly inside?: readonly string[];
  /** Hosts whose addresses do not come in time. */
  readonly heldBack?: readonly string[];
  /** Left out, there is one. */
  readonly hasNetwork?: boolean;
  /** Address of the public database. */
  readonly database?: string;
};

function failureOf(kind: Failure['kind']): Failure {
  switch (kind) {
    case 'certificate':
      return { kind, problem: 'expired', canRetry: false };
    case 'timeout':
      return { kind, timeoutMs: 8000, canRetry: true };
    case 'refused':
    case 'offline':
    case 'host-not-found':
    case 'encryption-unavailable':
    case 'login-delay':
      return { kind, canRetry: true };
    default:
      throw new Error(`no example of ${kind}`);
  }
}

/** Searches in a world, and hands back what was found beside all that was asked on the way. */
async function search(address: string, world: World, signal = new AbortController().signal) {
  const asked: string[] = [];
  const progress: string[] = [];
  let answered: string[] = [];
  const lookUp: LookUp = {
    mx: async (domain) => {
      asked.push(`mx ${domain}`);
      return world.mx ?? [];
    },
    srv: async (name) => {
      asked.push(`srv ${name}`);
      return world.srv?.[name] ?? [];
    },
    document: async (url) => {
      asked.push(url);
      return world.documents?.[url] ?? null;
    },
    isPrivate: async (host) => {
      if (world.heldBack?.includes(host) === true) throw new Error('not in time');
      return world.inside?.includes(host) ?? false;
    },
    hasNetwork: () => world.hasNetwork ?? true,
  };
  const probe: Probe = async ({ host, port, security }): Promise<ProbeOutcome> => {
    asked.push(`${security} ${host}:${port}`);
    const answer = world.servers?.[`${host}:${port}`] ?? world.elsewhere ?? 'refused';
    return answer === 'pop3'
      ? { ok: true, value: { capabilities: ['UIDL'] } }
      : { ok: false, failure: failureOf(answer) };
  };
  const outcome = await discoverSettings({
    address,
    signal,
    onProgress: ({ looking, answered: told }) => {
      progress.push(looking.join(' '));
      answered = told.map(({ source, hasFound }) => `${source} ${hasFound ? 'found' : 'nothing'}`);
    },
    tools: { lookUp, probe, providerDatabase: world.database ?? usualProviderDatabase },
  });
  return { outcome, asked, progress, answered };
}

function shown(candidates: readonly SettingsCandidate[]) {
  return candidates.map(({ server, source, remarks }) => ({
    at: `${server.security} ${server.host}:${server.port}`,
    user: server.user,
    source,
    ...(remarks !== undefined && remarks.length > 0 ? { remarks } : {}),
  }));
}

async function found(address: string, world: World) {
  const { outcome } = await search(address, world);
  return outcome.ok ? shown(outcome.value) : outcome.failure;
}

const autoconfig = (servers: string) =>
  `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x"><displayName>Example Mail</displayName>
<incomingServer type="imap"><hostname>imap.example.org</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
${servers}</emailProvider></clientConfig>`;

const pop3 = (host: string, port: number, socket: string, user: string) =>
  `<incomingServer type="pop3"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType><username>${user}</username><authentication>password-cleartext</authentication></incomingServer>`;

describe('the search for settings', () => {
  test('knows a large provider, tries its server, and asks nobody else', async () => {
    const world: World = { servers: { 'pop.gmail.com:995': 'pop3' } };
    const { outcome, asked, progress } = await search(' Ada <Ada@GMail.com> ', world);
    expect({ outcome, asked, progress }).toEqual({
      outcome: {
        ok: true,
        value: [
          {
            server: {
              host: 'pop.gmail.com',
              port: 995,
              security: 'tls',
              user: 'Ada@gmail.com',
              mechanism: 'auto',
              plaintextConsent: false,
            },
            source: 'provider-table',
            providerName: 'Gmail',
            notes: ['enable-pop', 'app-password', 'recent-mail-only'],
            pages: {
              'enable-pop': 'https://mail.google.com/mail/u/0/#settings/fwdandpop',
              'app-password': 'https://myaccount.google.com/apppasswords',
            },
            offersOAuth: true,
            oauthEndpoints: null,
            remarks: [],
          },
        ],
      },
      asked: ['tls pop.gmail.com:995'],
      progress: ['provider-table', ''],
    });
  });

  test('tries all servers that are known of a provider side by side, and puts the one that answers first', async () => {
    const one = await found('ada@kundenserver.de', { servers: { 'pop.1und1.de:110': 'pop3' } });
    const both = await found('ada@kundenserver.de', {
      servers: { 'pop.1und1.de:110': 'pop3', 'pop.1und1.de:995': 'pop3' },
    });
    const tls = { at: 'tls pop.1und1.de:995', user: 'ada@kundenserver.de', source: 'provider-table' };
    const startTls = {
      at: 'starttls pop.1und1.de:110',
      user: 'ada@kundenserver.de',
      source: 'provider-table',
    };
    expect([one, both]).toEqual([
      [
        { ...startTls, remarks: [{ kind: 'port-differs', silentPort: 995, answeringPort: 110 }] },
        { ...tls, remarks: [{ kind: 'does-not-answer' }] },
      ],
      [tls, startTls],
    ]);
  });

  test('asks everybody where no server of the table answers, and looks for encryption where it names none', async () => {
    const moved = await search('ada@kelcom.net', { servers: { 'mail.kelcom.net:995': 'pop3' } });
    const encrypted = await found('ada@nifty.com', {
      servers: { 'pop.nifty.com:110': 'pop3', 'pop.nifty.com:995': 'pop3' },
    });
    expect([
      moved.outcome.ok && shown(moved.outcome.value),
      moved.asked.includes('srv _pop3s._tcp.kelcom.net'),
      moved.asked.filter((line) => line === 'tls pop.kelcom.net:995').length,
      encrypted,
    ]).toEqual([
      [
        {
          at: 'tls mail.kelcom.net:995',
          user: 'ada@kelcom.net',
          source: 'probe',
          remarks: [{ kind: 'host-differs', silentHost: 'pop.kelcom.net', answeringHost: 'mail.kelcom.net' }],
        },
        {
          at: 'tls pop.kelcom.net:995',
          user: 'ada@kelcom.net',
          source: 'provider-table',
          remarks: [{ kind: 'does-not-answer' }],
        },
      ],
      true,
      1,
      [
        { at: 'tls pop.nifty.com:995', user: 'ada', source: 'provider-table' },
        { at: 'starttls pop.nifty.com:110', user: 'ada', source: 'provider-table' },
        {
          at: 'none pop.nifty.com:110',
          user: 'ada',
          source: 'provider-table',
          remarks: [{ kind: 'not-encrypted' }],
        },
      ],
    ]);
  });

  test('hands out what the table knows without a network, and says that it was not tried', async () => {
    const known = {
      at: 'tls pop.web.de:995',
      user: 'ada',
      source: 'provider-table',
      remarks: [{ kind: 'not-tried' }],
    };
    const offline = await found('ada@web.de', { elsewhere: 'offline' });
    const silent = await found('ada@web.de', { elsewhere: 'host-not-found', hasNetwork: false });
    const unknown = await found('ada@example.org', { elsewhere: 'host-not-found', hasNetwork: false });
    expect([offline, silent, unknown]).toEqual([
      [
        { ...known, at: 'tls pop3.web.de:995' },
        { ...known, at: 'starttls pop3.web.de:110' },
      ],
      [
        { ...known, at: 'tls pop3.web.de:995' },
        { ...known, at: 'starttls pop3.web.de:110' },
      ],
      { kind: 'offline', canRetry: true },
    ]);
  });

  test('says at once that a provider has no POP3', async () => {
    expect(await found('ada@icloud.com', {})).toEqual({
      kind: 'bad-input',
      field: 'address',
      what: 'no-pop3',
      host: 'icloud.com',
      canRetry: false,
    });
  });

  test('refuses an address typed wrong, with the reason', async () => {
    const typed = ['', 'ada', 'ada@@x.org', '@x.org', 'ada@', 'ada@localhost', 'a da@x.org', 'ada@-x.org'];
    const failures = await Promise.all(typed.map((address) => found(address, {})));
    expect(failures.map((failure) => ('what' in failure ? failure.what : failure))).toEqual([
      'empty',
      'no-at',
      'several-at',
      'no-local-part',
      'no-domain',
      'no-dot-in-domain',
      'has-spaces',
      'bad-domain',
    ]);
  });

  test("takes the provider's own document, tells what answers, and sends nothing but the domain", async () => {
    const world: World = {
      documents: {
        'https://autoconfig.example.org/mail/config-v1.1.xml': autoconfig(
          pop3('pop.example.org', 110, 'STARTTLS', '%EMAILLOCALPART%') +
            pop3('pop.%EMAILDOMAIN%', 995, 'SSL', '%EMAILADDRESS%'),
        ),
      },
      servers: { 'pop.example.org:995': 'pop3', 'pop.example.org:110': 'timeout' },
    };
    const { outcome, asked, progress } = await search('ada@example.org', world);
    expect({
      candidates: outcome.ok && shown(outcome.value),
      name: outcome.ok && outcome.value[0]?.providerName,
      asked,
      leaked: asked.some((line) => line.includes('ada')),
      first: progress.find((line) => line.split(' ').length === 4),
      last: progress.at(-1),
    }).toEqual({
      candidates: [
        {
          at: 'tls pop.example.org:995',
          user: 'ada@example.org',
          source: 'autoconfig',
          remarks: [{ kind: 'port-differs', silentPort: 110, answeringPort: 995 }],
        },
        {
          at: 'starttls pop.example.org:110',
          user: 'ada',
          source: 'autoconfig',
          remarks: [{ kind: 'does-not-answer' }],
        },
      ],
      name: 'Example Mail',
      asked: [
        'https://autoconfig.example.org/mail/config-v1.1.xml',
        'https://example.org/.well-known/autoconfig/mail/config-v1.1.xml',
        'https://autoconfig.thunderbird.net/v1.1/example.org',
        'mx example.org',
        'srv _pop3s._tcp.example.org',
        'srv _pop3._tcp.example.org',
        'starttls pop.example.org:110',
        'tls pop.example.org:995',
      ],
      leaked: false,
      first: 'autoconfig isp-database mx srv',
      last: '',
    });
  });

  test('finds the other port when the one that was named is silent', async () => {
    expect(
      await found('ada@example.org', {
        documents: {
          'https://autoconfig.thunderbird.net/v1.1/example.org': autoconfig(
            pop3('inbox.example.org', 110, 'STARTTLS', '%EMAILADDRESS%'),
          ),
        },
        servers: { 'inbox.example.org:995': 'pop3' },
      }),
    ).toEqual([
      {
        at: 'tls inbox.example.org:995',
        user: 'ada@example.org',
        source: 'isp-database',
        remarks: [{ kind: 'port-differs', silentPort: 110, answeringPort: 995 }],
      },
      {
        at: 'starttls inbox.example.org:110',
        user: 'ada@example.org',
        source: 'isp-database',
        remarks: [{ kind: 'does-not-answer' }],
      },
    ]);
  });

  test('reads a document without encryption only where none comes by https, and takes no password in the clear from it', async () => {
    const plainUrl = 'http://autoconfig.example.org/mail/config-v1.1.xml';
    const document = autoconfig(
      pop3('pop.example.net', 995, 'SSL', '%EMAILADDRESS%') +
        pop3('pop.example.org', 995, 'SSL', '%EMAILADDRESS%') +
        pop3('old.example.org', 110, 'STARTTLS', '%EMAILADDRESS%') +
        pop3('plain.example.org', 110, 'plain', '%EMAILADDRESS%'),
    );
    const servers = {
      'pop.example.net:995': 'pop3',
      'pop.example.org:995': 'timeout',
      'old.example.org:110': 'encryption-unavailable',
      'plain.example.org:110': 'pop3',
    } as const;
    const plain = await found('ada@example.org', { documents: { [plainUrl]: document }, servers });
    const both = await search('ada@example.org', {
      documents: {
        [plainUrl]: document,
        'https://autoconfig.example.org/mail/config-v1.1.xml': autoconfig(
          pop3('own.example.org', 995, 'SSL', '%EMAILADDRESS%'),
        ),
      },
      servers: { 'own.example.org:995': 'pop3' },
    });
    const from = { user: 'ada@example.org', source: 'autoconfig' };
    const unprotected = { kind: 'found-unprotected' };
    expect([plain, both.asked.includes(plainUrl)]).toEqual([
      [
        {
          at: 'tls pop.example.org:995',
          ...from,
          remarks: [{ kind: 'does-not-answer' }, unprotected],
        },
        {
          at: 'starttls old.example.org:110',
          ...from,
          remarks: [{ kind: 'does-not-answer' }, unprotected],
        },
        {
          at: 'tls pop.example.net:995',
          ...from,
          remarks: [{ kind: 'host-elsewhere', domain: 'example.net' }, unprotected],
        },
      ],
      false,
    ]);
  });

  test('asks another public database where a person names one, and none where they want none', async () => {
    const own = await search('ada@example.org', { database: 'https://database.example.net/v1/' });
    const none = await search('ada@example.org', { database: '' });
    const databases = (asked: readonly string[]) => asked.filter((line) => /database|thunderbird/.test(line));
    expect([databases(own.asked), databases(none.asked)]).toEqual([
      ['https://database.example.net/v1/example.org'],
      [],
    ]);
  });

  test('tells who has answered, and reads the name and the place to sign in of a document', async () => {
    const url = 'https://autoconfig.example.org/mail/config-v1.1.xml';
    const oauth = (token: string) =>
      `<oAuth2><issuer>example.org</issuer><scope>pop offline</scope><authURL>https://login.example.org/auth?a=1</authURL><tokenURL>${token}</tokenURL></oAuth2></clientConfig>`;
    const server = pop3('pop.example.org', 995, 'SSL', 'x').replace('password-cleartext', 'OAuth2');
    const document = autoconfig(server).replace('Example Mail', 'Fish &amp; Chips &lt;Mail&gt;');
    const look = async (token: string) =>
      search('ada@example.org', {
        documents: { [url]: document.replace('</clientConfig>', oauth(token)) },
        servers: { 'pop.example.org:995': 'pop3' },
      });
    const right = await look('https://login.example.org/token');
    const wrong = await look('http://login.example.org/token');
    const first = ({ outcome }: typeof right) => (outcome.ok ? outcome.value[0] : undefined);
    expect([
      [...right.answered].sort(),
      first(right)?.providerName,
      first(right)?.oauthEndpoints,
      first(wrong)?.oauthEndpoints,
    ]).toEqual([
      ['autoconfig found', 'isp-database nothing', 'mx nothing', 'probe found', 'srv nothing'],
      'Fish & Chips <Mail>',
      {
        authorizeUrl: 'https://login.example.org/auth?a=1',
        tokenUrl: 'https://login.example.org/token',
        scope: 'pop offline',
      },
      null,
    ]);
  });

  test('recognises whose servers take in the mail of a domain', async () => {
    const world: World = {
      mx: ['mx1.mail.messagingengine.com'],
      servers: { 'pop.fastmail.com:995': 'pop3' },
    };
    expect(await found('ada@example.org', world)).toEqual([
      {
        at: 'tls pop.fastmail.com:995',
        user: 'ada@example.org',
        source: 'mx',
        remarks: [{ kind: 'host-elsewhere', domain: 'fastmail.com' }],
      },
    ]);
  });

  test('asks the owner of unknown exchangers for their document', async () => {
    const world: World = {
      mx: ['in.hoster.example.net'],
      documents: {
        'https://autoconfig.example.net/mail/config-v1.1.xml': autoconfig(
          pop3('pop.example.net', 995, 'SSL', '%EMAILADDRESS%'),
        ),
      },
      servers: { 'pop.example.net:995': 'pop3' },
    };
    const candidates = await found('ada@example.org', world);
    expect(candidates).toEqual([
      {
        at: 'tls pop.example.net:995',
        user: 'ada@example.org',
        source: 'mx',
        remarks: [{ kind: 'host-elsewhere', domain: 'example.net' }],
      },
    ]);
  });

  test('says that there is no POP3 when the domain is with a provider that has none, unless a server is found', async () => {
    const mx = ['mail.protonmail.ch'];
    const without = await found('ada@example.org', { mx });
    const own = await found('ada@example.org', { mx, servers: { 'pop3.example.org:995': 'pop3' } });
    expect([without, own]).toEqual([
      { kind: 'bad-input', field: 'address', what: 'no-pop3', host: 'example.org', canRetry: false },
      [{ at: 'tls pop3.example.org:995', user: 'ada@example.org', source: 'probe' }],
    ]);
  });

  test('reads the service records, and says when they lead elsewhere', async () => {
    const world: World = {
      srv: {
        '_pop3s._tcp.example.org': [{ host: 'p.example.org', port: 1995 }],
        '_pop3._tcp.example.org': [{ host: 'p.elsewhere.example.net', port: 110 }],
      },
      servers: { 'p.example.org:1995': 'pop3', 'p.elsewhere.example.net:110': 'pop3' },
    };
    expect(await found('ada@example.org', world)).toEqual([
      { at: 'tls p.example.org:1995', user: 'ada@example.org', source: 'srv' },
      {
        at: 'starttls p.elsewhere.example.net:110',
        user: 'ada@example.org',
        source: 'srv',
        remarks: [{ kind: 'host-elsewhere', domain: 'example.net' }],
      },
    ]);
  });

  test('asks about servers elsewhere or in a private network, whoever names them, and puts the others first', async () => {
    const url = 'https://autoconfig.example.org/mail/config-v1.1.xml';
    const database = 'https://autoconfig.thunderbird.net/v1.1/example.org';
    const answers = {
      'pop.example.net:995': 'pop3',
      'own.example.org:995': 'pop3',
      '10.0.0.5:995': 'pop3',
    } as const;
    const document = (host: string) => autoconfig(pop3(host, 995, 'SSL', '%EMAILADDRESS%'));
    const worlds: World[] = [
      { documents: { [url]: document('pop.example.net') }, servers: answers },
      { documents: { [database]: document('pop.example.net') }, servers: answers },
      { documents: { [url]: document('10.0.0.5') }, servers: answers, inside: ['10.0.0.5'] },
      { documents: { [url]: document('own.example.org') }, servers: answers, inside: ['own.example.org'] },
      { documents: { [url]: document('own.example.org') }, servers: answers, heldBack: ['own.example.org'] },
      { documents: { [url]: document('own.example.org') }, servers: answers },
      {
        documents: { [url]: document('pop.example.net'), [database]: document('own.example.org') },
        servers: answers,
      },
    ];
    const firsts = worlds.map(async (world) => {
      const { outcome } = await search('ada@example.org', world);
      const first = outcome.ok ? outcome.value[0] : undefined;
      return first === undefined ? null : [first.server.host, asksFirst(first)];
    });
    const known = await search('ada@gmail.com', { servers: { 'pop.gmail.com:995': 'pop3' } });
    const table = known.outcome.ok ? known.outcome.value.map(asksFirst) : null;
    expect([...(await Promise.all(firsts)), table]).toEqual([
      ['pop.example.net', true],
      ['pop.example.net', true],
      ['10.0.0.5', true],
      ['own.example.org', true],
      ['own.example.org', true],
      ['own.example.org', false],
      ['own.example.org', false],
      [false],
    ]);
  });

  test('tries the usual places when nobody knows, best encrypted first', async () => {
    const world: World = {
      mx: ['mail.example.org'],
      servers: {
        'mail.example.org:110': 'encryption-unavailable',
        'pop.example.org:110': 'pop3',
        'pop3.example.org:995': 'certificate',
        'mail.example.org:995': 'login-delay',
      },
    };
    const { outcome, asked } = await search('ada@example.org', world);
    expect({
      candidates: outcome.ok && shown(outcome.value),
      tried: asked.filter((line) => /:\d+$/.test(line)),
    }).toEqual({
      candidates: [
        { at: 'tls mail.example.org:995', user: 'ada@example.org', source: 'probe' },
        { at: 'starttls pop.example.org:110', user: 'ada@example.org', source: 'probe' },
        {
          at: 'tls pop3.example.org:995',
          user: 'ada@example.org',
          source: 'probe',
          remarks: [{ kind: 'certificate', problem: 'expired' }],
        },
        {
          at: 'none mail.example.org:110',
          user: 'ada@example.org',
          source: 'probe',
          remarks: [{ kind: 'not-encrypted' }],
        },
      ],
      tried: ['pop', 'pop3', 'mail', '']
        .map((name) => (name === '' ? 'example.org' : `${name}.example.org`))
        .flatMap((host) => [`tls ${host}:995`, `starttls ${host}:110`]),
    });
  });

  test('searches for a domain in another script by its ASCII form', async () => {
    const { outcome, asked } = await search('вера@почта.рф', {
      servers: { 'pop.xn--80a1acny.xn--p1ai:995': 'pop3' },
    });
    expect([outcome.ok && shown(outcome.value), asked[0]]).toEqual([
      [{ at: 'tls pop.xn--80a1acny.xn--p1ai:995', user: 'вера@xn--80a1acny.xn--p1ai', source: 'probe' }],
      'https://autoconfig.xn--80a1acny.xn--p1ai/mail/config-v1.1.xml',
    ]);
  });

  test('tells a domain that is not there, a missing network, and a domain without a server apart', async () => {
    expect([
      await found('ada@example.org', { elsewhere: 'host-not-found' }),
      await found('ada@example.org', { elsewhere: 'offline' }),
      await found('ada@example.org', { mx: ['mx.example.org'] }),
    ]).toEqual([
      { kind: 'host-not-found', host: 'example.org', step: 'look-up', canRetry: false },
      { kind: 'offline', canRetry: true },
      [
        {
          at: 'tls pop.example.org:995',
          user: 'ada@example.org',
          source: 'guess',
          remarks: [{ kind: 'does-not-answer' }],
        },
      ],
    ]);
  });

  test('goes on without a source that throws, and survives hostile documents', async () => {
    const deep = `${'<a>'.repeat(60_000)}`;
    const url = 'https://autoconfig.example.org/mail/config-v1.1.xml';
    const hostile = [
      deep,
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><clientConfig>&b;</clientConfig>',
      autoconfig(pop3('evil.example.org/../', 995, 'SSL', 'x')),
      autoconfig(pop3('pop.example.org', 99_999, 'SSL', 'x')),
      autoconfig(pop3('pop.example.org', 995, 'telepathy', 'x')),
      '<clientConfig><emailProvider><incomingServer type="pop3"/></emailProvider></clientConfig>',
      '<clientConfig/>',
      '\u0000\u0001 not xml',
      '<html><body>parked domain</body></html>',
      '',
    ];
    const outcomes = await Promise.all(
      hostile.map((document) =>
        found('ada@example.org', { mx: ['mx.example.org'], documents: { [url]: document } }),
      ),
    );
    const sources = outcomes.map((outcome) => Array.isArray(outcome) && outcome.map(({ source }) => source));
    const probe: Probe = async () => ({ ok: true, value: { capabilities: [] } });
    const broken = await discoverSettings({
      address: 'ada@example.org',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      tools: {
        probe,
        providerDatabase: usualProviderDatabase,
        lookUp: {
          mx: () => Promise.reject(new Error('no DNS')),
          srv: () => Promise.reject(new Error('no DNS')),
          document: () => Promise.reject(new Error('no HTTPS')),
          isPrivate: () => Promise.reject(new Error('no DNS')),
          hasNetwork: () => true,
        },
      },
    });
    expect([sources, broken.ok && broken.value[0]?.server.host]).toEqual([
      hostile.map(() => ['guess']),
      'pop.example.org',
    ]);
  });

  test('fills in user names without letting a template break the line on the wire', async () => {
    const documents = (user: string) => ({
      'https://autoconfig.example.org/mail/config-v1.1.xml': autoconfig(
        pop3('pop.example.org', 995, 'SSL', user),
      ),
    });
    const users = ['%EMAILLOCALPART%.%EMAILDOMAIN%', '%REALNAME%', '', 'a&#13;&#10;QUIT'].map(
      async (user) => {
        const candidates = await found('ada@example.org', {
          documents: documents(user),
          servers: { 'pop.example.org:995': 'pop3' },
        });
        return Array.isArray(candidates) && candidates[0]?.user;
      },
    );
    expect(await Promise.all(users)).toEqual([
      'ada.example.org',
      'ada@example.org',
      'ada@example.org',
      'a&#13;&#10;QUIT',
    ]);
  });

  test('stops when asked to, even where nobody answers', async () => {
    const stop = new AbortController();
    const never = () => new Promise<never>(() => undefined);
    const progress: string[] = [];
    const running = discoverSettings({
      address: 'ada@example.org',
      signal: stop.signal,
      onProgress: ({ looking }) => progress.push(looking.join(' ')),
      tools: {
        probe: never,
        providerDatabase: usualProviderDatabase,
        lookUp: { mx: never, srv: never, document: never, isPrivate: never, hasNetwork: () => true },
      },
    });
    stop.abort();
    expect([await running, progress.at(-1)]).toEqual([
      { ok: false, failure: { kind: 'cancelled', canRetry: true } },
      '',
    ]);
  });
});
