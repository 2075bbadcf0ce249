import { describe, expect, test } from 'vitest';
import { cramMd5 } from '../../../electron/pop3/authentication/cram-md5.ts';
import { login } from '../../../electron/pop3/authentication/login.ts';
import { type Mechanism, MechanismError } from '../../../electron/pop3/authentication/mechanism.ts';
import { plain } from '../../../electron/pop3/authentication/plain.ts';
import { scram } from '../../../electron/pop3/authentication/scram.ts';
import { ScramServer } from '../../servers/scram-server.ts';

const password = 'correct horse';
const nonce = 'clientnonce';

function client(): Mechanism {
  return scram({ hash: 'sha256', user: 'anna', password, binding: 'none', nonce });
}

/** The kind and words of what the attempt throws, or `signed in`. */
async function outcome(attempt: () => Promise<void> | void): Promise<string> {
  try {
    await attempt();
    return 'signed in';
  } catch (error) {
    if (!(error instanceof MechanismError)) throw error;
    return `${error.failure.kind}: ${error.message}`;
  }
}

/** Signs in to a server whose messages pass through `alter`. */
function signIn(
  alter: (message: string, step: number) => string | null,
  server = new ScramServer('sha256', password),
) {
  return outcome(async () => {
    const mechanism = client();
    const alteredFirst = alter(Buffer.from(server.first(await mechanism.respond(null))).toString(), 1);
    const clientFinal = await mechanism.respond(Buffer.from(alteredFirst ?? ''));
    const serverFinal = alter(Buffer.from(server.final(clientFinal)).toString(), 2);
    if (serverFinal !== null) await mechanism.respond(Buffer.from(serverFinal));
    mechanism.verify();
  });
}

describe('SCRAM', () => {
  test('signs in where the server proves itself', async () => {
    expect(await signIn((message) => message)).toBe('signed in');
  });

  test('stops at a server that knows another password', async () => {
    expect(await signIn((message) => message, new ScramServer('sha256', 'another'))).toBe(
      'authentication: the server answered "invalid-proof"',
    );
  });

  test('stops at a server signature that is wrong in its last bit, cut short, or empty', async () => {
    const altered = [
      (message: string): string => {
        const signature = Buffer.from(message.slice(2), 'base64');
        signature[31] = (signature[31] ?? 0) ^ 1;
        return `v=${signature.toString('base64')}`;
      },
      (message: string) => `v=${Buffer.from(message.slice(2), 'base64').subarray(0, 20).toString('base64')}`,
      () => 'v=',
    ];
    const outcomes = altered.map((alter) =>
      signIn((message, step) => (step === 2 ? alter(message) : message)),
    );
    expect(await Promise.all(outcomes)).toEqual(
      altered.map(() => 'protocol: the server does not know the password it asked for'),
    );
  });

  test('does not trust a server that says +OK without its last message', async () => {
    expect(await signIn((message, step) => (step === 2 ? null : message))).toBe(
      'protocol: the server let us in without proving that it knows the password',
    );
  });

  test('does not trust a server that says +OK to the very first message', async () => {
    const mechanism = client();
    await mechanism.respond(null);
    expect(await outcome(() => mechanism.verify())).toMatch(/^protocol: the server let us in without/);
  });

  test.each([
    ['r=other,s=YQ==,i=4096', 'the server has changed the nonce or added nothing to it'],
    ['r=clientnonce,s=YQ==,i=4096', 'the server has changed the nonce or added nothing to it'],
    ['r=clientnonce\u007f,s=YQ==,i=4096', 'the server nonce is not printable'],
    ['r=clientnonceX,s=,i=4096', 'the SCRAM salt cannot be read'],
    ['r=clientnonceX,s=Y,i=4096', 'the SCRAM salt cannot be read'],
    [`r=clientnonceX,s=${'AAAA'.repeat(400)},i=4096`, 'the SCRAM salt cannot be read'],
    ['r=clientnonceX,s=YQ==,i=1', 'a SCRAM iteration count of 1 is out of bounds'],
    ['r=clientnonceX,s=YQ==,i=4095', 'a SCRAM iteration count of 4095 is out of bounds'],
    ['r=clientnonceX,s=YQ==,i=2147483647', 'a SCRAM iteration count of 2147483647 is out of bounds'],
    ['r=clientnonceX,s=YQ==,i=99999999999', 'the SCRAM iteration count cannot be read'],
    ['r=clientnonceX,s=YQ==,i=-4096', 'the SCRAM iteration count cannot be read'],
    ['r=clientnonceX,s=YQ==,i=4096.5', 'the SCRAM iteration count cannot be read'],
    ['r=clientnonceX,s=YQ==,i=0x1000', 'the SCRAM iteration count cannot be read'],
    ['m=new,r=clientnonceX,s=YQ==,i=4096', 'the SCRAM server-first message cannot be read'],
    ['r=clientnonceX,i=4096,s=YQ==', 'the SCRAM server-first message cannot be read'],
    ['', 'the SCRAM server-first message cannot be read'],
    ['\ufffd\0', 'the SCRAM server-first message cannot be read'],
  ])('sends no proof after the server-first message %j', async (serverFirst, message) => {
    const mechanism = client();
    await mechanism.respond(null);
    expect(await outcome(async () => void (await mechanism.respond(Buffer.from(serverFirst))))).toBe(
      `protocol: ${message}`,
    );
  });

  test('a refusal says whether the mechanism, the line or the password is to blame', async () => {
    const kinds = {
      'unsupported-channel-binding-type': 'mechanism-unavailable',
      'channel-binding-not-supported': 'mechanism-unavailable',
      'channel-bindings-dont-match': 'encryption-failed',
      'server-does-support-channel-binding': 'encryption-failed',
      'unknown-user': 'authentication',
      'other-error': 'authentication',
    };
    const outcomes = Object.keys(kinds).map((word) =>
      signIn((message, step) => (step === 1 ? `e=${word}` : message)),
    );
    expect((await Promise.all(outcomes)).map((text) => text.split(':')[0])).toEqual(Object.values(kinds));
  });

  test('has no answer to a fourth challenge', async () => {
    const server = new ScramServer('sha256', password);
    const mechanism = client();
    const clientFinal = await mechanism.respond(server.first(await mechanism.respond(null)));
    await mechanism.respond(server.final(clientFinal));
    expect(await outcome(async () => void (await mechanism.respond(Buffer.from('more'))))).toBe(
      'protocol: SCRAM has no answer to another challenge',
    );
  });

  test('leaves the thread free while it hashes 400,000 rounds', async () => {
    const mechanism = client();
    await mechanism.respond(null);
    const order: string[] = [];
    const answer = Promise.resolve(mechanism.respond(Buffer.from('r=clientnonceX,s=YQ==,i=400000'))).then(
      () => order.push('hashed'),
    );
    await new Promise<void>((resolve) => setImmediate(() => resolve(void order.push('thread was free'))));
    await answer;
    expect(order).toEqual(['thread was free', 'hashed']);
  });
});

test('no mechanism answers more challenges than it has answers, so that a server cannot go round in circles', async () => {
  const mechanisms = [plain('a', 'b'), login('a', 'b'), cramMd5('a', 'b')];
  const outcomes = mechanisms.map((mechanism) =>
    outcome(async () => {
      for (let round = 0; round < 3; round += 1) await mechanism.respond(Buffer.from('again'));
    }),
  );
  expect(await Promise.all(outcomes)).toEqual(
    ['PLAIN', 'LOGIN', 'CRAM-MD5'].map((name) => `protocol: ${name} has no answer to another challenge`),
  );
});

test('CRAM-MD5 without a challenge digests nothing', async () => {
  expect(await outcome(async () => void (await cramMd5('a', 'b').respond(null)))).toBe(
    'protocol: CRAM-MD5 without a challenge',
  );
});
