import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'vitest';
import {
  createMechanism,
  type SaslMechanism,
  type SignInContext,
} from '../../../electron/pop3/authentication/choose-mechanism.ts';
import { type DovecotServer, startDovecot } from '../../servers/dovecot.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { withDovecot } from '../../servers/with-dovecot.ts';

guardAgainstLeaks();

const user = 'anna=lind,x@example.org';
const password = 'p ä"\\,=😀ß';
const accessToken = 'token.of-anna_~+/==';

const names: readonly SaslMechanism[] = [
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'XOAUTH2',
  'OAUTHBEARER',
];

async function reply(socket: Socket): Promise<string> {
  let text = '';
  while (!text.endsWith('\r\n')) text += ((await once(socket, 'data')) as [Buffer])[0].toString('latin1');
  return text.trimEnd();
}

/** One AUTH exchange on a connection of its own; gives the server's last word. RFC 5034 §4. */
async function signIn(
  server: DovecotServer,
  name: SaslMechanism,
  context: Partial<SignInContext>,
): Promise<string> {
  const oauth = { kind: 'oauth', accessToken } as const;
  const offered = { isKnown: true, sasl: names, user: true };
  const mechanism = createMechanism(
    name,
    {
      user,
      credential: name.includes('AUTH') ? oauth : { kind: 'password', password },
      wanted: 'auto',
      isEncrypted: false,
      plaintextConsent: true,
      channelBinding: null,
      apopTimestamp: null,
      host: server.host,
      port: server.plainPort,
      ...context,
    },
    offered,
  );
  const socket = connect(server.plainPort, server.host);
  await reply(socket);
  socket.write(`AUTH ${name}\r\n`);
  let answer = await reply(socket);
  while (answer.startsWith('+ ') || answer === '+') {
    const challenge = Buffer.from(answer.slice(2), 'base64');
    socket.write(`${Buffer.from(await mechanism.respond(challenge)).toString('base64')}\r\n`);
    answer = await reply(socket);
  }
  socket.destroy();
  if (answer.startsWith('+OK')) mechanism.verify();
  return answer;
}

const users = [{ name: user, password, accessToken }];

withDovecot('every mechanism Dovecot has lets the right person in', async () => {
  await using server = await startDovecot({ users });
  const answers = names.map(async (name) => `${name} ${await signIn(server, name, {})}`);
  expect(await Promise.all(answers)).toEqual(names.map((name) => `${name} +OK Logged in.`));
});

withDovecot('no mechanism lets the wrong person in, and each refusal is taken to its end', async () => {
  await using server = await startDovecot({ users });
  const answers = names.map(async (name) => {
    const credential = name.includes('AUTH')
      ? ({ kind: 'oauth', accessToken: 'stolen' } as const)
      : ({ kind: 'password', password: 'guess' } as const);
    return `${name} ${await signIn(server, name, { credential })}`;
  });
  expect(await Promise.all(answers)).toEqual(
    names.map((name) => `${name} -ERR [AUTH] Authentication failed.`),
  );
});
