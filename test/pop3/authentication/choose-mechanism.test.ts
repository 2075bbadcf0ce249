import { describe, expect, test } from 'vitest';
import { apopDigest } from '../../../electron/pop3/authentication/apop.ts';
import {
  chooseMechanisms,
  createMechanism,
  type OfferedMechanisms,
  type SaslMechanism,
  type SignInContext,
} from '../../../electron/pop3/authentication/choose-mechanism.ts';
import { credentialFor, MechanismError } from '../../../electron/pop3/authentication/mechanism.ts';

const base: SignInContext = {
  user: 'anna',
  credential: { kind: 'password', password: 'secret' },
  wanted: 'auto',
  isEncrypted: true,
  plaintextConsent: false,
  channelBinding: { type: 'tls-exporter', data: Buffer.alloc(32, 7) },
  apopTimestamp: null,
  host: 'pop.example.com',
  port: 995,
};
const token: SignInContext = { ...base, credential: { kind: 'oauth', accessToken: 'abc' } };

function offers(...sasl: string[]): OfferedMechanisms {
  return { isKnown: true, sasl, user: true };
}

const everything = offers(
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256-PLUS',
  'XOAUTH2',
  'OAUTHBEARER',
);
const noCapa: OfferedMechanisms = { isKnown: false, sasl: [], user: true };

/** The methods chosen, or the kind of failure. */
function choice(offered: OfferedMechanisms, context: SignInContext): readonly string[] | string {
  const result = chooseMechanisms(offered, context);
  return result.ok ? result.value : result.failure.kind;
}

describe('choosing how to sign in', () => {
  test('goes from the strongest to the weakest and leaves out what must be asked for', () => {
    expect(choice(everything, base)).toEqual([
      'SCRAM-SHA-256-PLUS',
      'SCRAM-SHA-1-PLUS',
      'SCRAM-SHA-256',
      'SCRAM-SHA-1',
      'PLAIN',
      'LOGIN',
      'USER',
    ]);
  });

  test('leaves out channel binding where the connection has none', () => {
    expect(choice(everything, { ...base, channelBinding: null })).toEqual([
      'SCRAM-SHA-256',
      'SCRAM-SHA-1',
      'PLAIN',
      'LOGIN',
      'USER',
    ]);
  });

  test('knows only USER and PASS where the server has no CAPA', () => {
    expect(choice(noCapa, base)).toEqual(['USER']);
  });

  test('sends nothing without encryption until the person has agreed', () => {
    const wanted = ['auto', 'APOP', 'CRAM-MD5', 'SCRAM-SHA-256', 'XOAUTH2'] as const;
    expect(wanted.map((name) => choice(everything, { ...base, isEncrypted: false, wanted: name }))).toEqual(
      wanted.map(() => 'plaintext-not-allowed'),
    );
  });

  test('keeps the same order without encryption once the person has agreed', () => {
    const context = { ...base, isEncrypted: false, plaintextConsent: true, channelBinding: null };
    expect(choice(offers('LOGIN', 'PLAIN', 'SCRAM-SHA-256'), context)).toEqual([
      'SCRAM-SHA-256',
      'PLAIN',
      'LOGIN',
      'USER',
    ]);
  });

  test('tries exactly what was asked for, also where CAPA does not name it', () => {
    const asked = (wanted: SignInContext['wanted'], offered = everything) =>
      choice(offered, { ...base, wanted });
    expect([
      asked('CRAM-MD5'),
      asked('CRAM-MD5', offers('PLAIN')),
      asked('CRAM-MD5', noCapa),
      asked('APOP'),
      choice(everything, { ...base, wanted: 'APOP', apopTimestamp: '<1@x>' }),
      asked('USER', offers()),
      choice(everything, { ...base, wanted: 'SCRAM-SHA-1-PLUS', channelBinding: null }),
    ]).toEqual([
      ['CRAM-MD5'],
      ['CRAM-MD5'],
      ['CRAM-MD5'],
      'mechanism-unavailable',
      ['APOP'],
      ['USER'],
      'mechanism-unavailable',
    ]);
  });

  test('takes a stored secret for a token only where the mechanism wants one', () => {
    expect([credentialFor('auto', 'x'), credentialFor('USER', 'x'), credentialFor('XOAUTH2', 'x')]).toEqual([
      { kind: 'password', password: 'x' },
      { kind: 'password', password: 'x' },
      { kind: 'oauth', accessToken: 'x' },
    ]);
  });

  test('never mixes tokens and passwords', () => {
    expect([
      choice(everything, token),
      choice(noCapa, token),
      choice(offers('PLAIN'), token),
      choice(everything, { ...token, wanted: 'PLAIN' }),
      choice(everything, { ...token, wanted: 'USER' }),
      choice(everything, { ...base, wanted: 'OAUTHBEARER' }),
    ]).toEqual([
      ['XOAUTH2', 'OAUTHBEARER'],
      ['XOAUTH2', 'OAUTHBEARER'],
      'mechanism-unavailable',
      'mechanism-unavailable',
      'mechanism-unavailable',
      'mechanism-unavailable',
    ]);
  });
});

describe('a mechanism made ready', () => {
  const names: readonly SaslMechanism[] = [
    'PLAIN',
    'LOGIN',
    'CRAM-MD5',
    'SCRAM-SHA-1',
    'SCRAM-SHA-256',
    'SCRAM-SHA-1-PLUS',
    'SCRAM-SHA-256-PLUS',
    'XOAUTH2',
    'OAUTHBEARER',
  ];
  const contextFor = (name: SaslMechanism): SignInContext => (/AUTH/.test(name) ? token : base);

  test('has the name it was asked for and says who speaks first', () => {
    const made = names.map((name) => createMechanism(name, contextFor(name), everything));
    expect(made.map(({ name }) => name)).toEqual(names);
    expect(made.filter(({ sendsFirst }) => !sendsFirst).map(({ name }) => name)).toEqual([
      'LOGIN',
      'CRAM-MD5',
    ]);
  });

  test('tells the server about channel binding in a way that shows tampering', async () => {
    const first = async (name: SaslMechanism, offered: OfferedMechanisms, context = base): Promise<string> =>
      Buffer.from(await createMechanism(name, context, offered).respond(null))
        .toString()
        .split(',')[0] ?? '';
    expect(
      await Promise.all([
        first('SCRAM-SHA-256-PLUS', everything),
        first('SCRAM-SHA-256', offers('SCRAM-SHA-256')),
        first('SCRAM-SHA-256', everything),
        first('SCRAM-SHA-256', noCapa),
        first('SCRAM-SHA-256', offers('SCRAM-SHA-256'), { ...base, channelBinding: null }),
      ]),
    ).toEqual(['p=tls-exporter', 'y', 'n', 'n', 'n']);
  });

  test('refuses line breaks and NUL before anything is sent', () => {
    const bad = ['a\r\nDELE 1', 'a\nb', 'a\0b', ''];
    const refusals = (make: (text: string) => unknown): string[] =>
      bad.map((text) => {
        try {
          make(text);
          return 'taken';
        } catch (error) {
          if (!(error instanceof MechanismError) || error.failure.kind !== 'bad-input') throw error;
          return `${error.failure.field} ${error.failure.what}`;
        }
      });
    const words = [
      'holds a line break or a NUL',
      'holds a line break or a NUL',
      'holds a line break or a NUL',
      'is empty',
    ];
    const seen = names.flatMap((name) => [
      refusals((user) => createMechanism(name, { ...contextFor(name), user }, everything)),
      refusals((secret) => {
        const credential = /AUTH/.test(name)
          ? ({ kind: 'oauth', accessToken: secret } as const)
          : ({ kind: 'password', password: secret } as const);
        createMechanism(name, { ...base, credential }, everything);
      }),
    ]);
    const expected = names.flatMap((name) => [
      words.map((text) => `user ${text}`),
      words.map((text) => `${/AUTH/.test(name) ? 'accessToken' : 'password'} ${text}`),
    ]);
    expect(seen).toEqual(expected);
    expect(refusals((password) => apopDigest('<1@x>', password))).toEqual(
      words.map((text) => `password ${text}`),
    );
  });
});
