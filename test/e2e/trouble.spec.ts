import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { startDovecot } from '../servers/dovecot.ts';
import { getMail, statusSays, subjects } from '../support/mail-list.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox, tryMailbox } from './wizard.ts';

const patient = { timeout: 30_000, interval: 100 };

/** What the wizard says when a mailbox cannot be reached. */
async function complaint(window: Page): Promise<string> {
  return (await window.locator('.wizard-failure[role=alert]').textContent()) ?? '';
}

test('says so when the password is wrong, and adds nothing', async () => {
  await using server = await startDovecot();
  await using poppy = await openPoppy();
  const entered = { host: server.host, port: server.plainPort, security: 'none', user: 'anna' } as const;
  await tryMailbox(poppy.window, { ...entered, password: 'wrong' });
  expect(await complaint(poppy.window)).toContain('did not accept the user name or the password');
});

test('says so when nothing listens on the port', async () => {
  const unused = createTcpServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port } = unused.address() as AddressInfo;
  unused.close();
  await using poppy = await openPoppy();
  await tryMailbox(poppy.window, { host: '127.0.0.1', port, security: 'none', user: 'anna', password: 'x' });
  expect(await complaint(poppy.window)).toContain(`does not accept connections on port ${port}`);
});

test('says so when a web server answers', async () => {
  // A web server waits to be spoken to, and complains when it has waited for long enough.
  const web = createServer({ headersTimeout: 500, connectionsCheckingInterval: 100 }).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  await using poppy = await openPoppy();
  await tryMailbox(poppy.window, { host: '127.0.0.1', port, security: 'none', user: 'anna', password: 'x' });
  expect(await complaint(poppy.window)).toContain('web server answers');
  web.closeAllConnections();
  web.close();
});

test('sends no password to a server whose certificate nobody vouches for', async () => {
  await using server = await startDovecot();
  await using poppy = await openPoppy();
  const entered = { host: server.host, port: server.tlsPort, security: 'tls', user: 'anna' } as const;
  await tryMailbox(poppy.window, { ...entered, password: 'secret' });
  await poppy.window.getByRole('button', { name: /Trust this certificate/ }).waitFor();
  expect(await complaint(poppy.window)).toContain('The password was not sent');
});

test('keeps what had arrived when the server goes away in the middle of a message, and fetches the rest later', async () => {
  // The newest comes first.
  const server = cutOffServer([
    'Subject: cut\r\n\r\nOnly a part of it.\r\n',
    'Subject: whole\r\n\r\nAll of it.\r\n',
  ]);
  await once(server.listening, 'listening');
  const { port } = server.listening.address() as AddressInfo;
  await using poppy = await openPoppy();
  const { window } = poppy;
  await addMailbox(window, { host: '127.0.0.1', port, security: 'none', user: 'anna', password: 'x' });
  await statusSays(window, /1 message was left on the server/);
  await expect.poll(() => subjects(window), patient).toEqual(['whole']);
  server.mend();
  await getMail(window);
  await expect.poll(() => subjects(window), patient).toEqual(['cut', 'whole']);
  server.listening.close();
});

/** A POP3 server that breaks the connection off in the middle of its first message until it is mended. */
function cutOffServer(messages: readonly string[]) {
  let isMended = false;
  const listening = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('+OK ready\r\n');
    let pending = '';
    socket.on('data', (bytes) => {
      pending += bytes;
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const [verb = '', argument] = pending.slice(0, end).split(' ');
        pending = pending.slice(end + 2);
        answer(verb.toUpperCase(), Number(argument));
      }
    });
    const answer = (verb: string, number: number): void => {
      const body = messages[number - 1] ?? '';
      const isCut = !isMended && number === 1;
      if (verb === 'RETR' && isCut) {
        socket.write(`+OK\r\n${body.slice(0, -8)}`);
        socket.end();
      } else if (verb === 'RETR' || verb === 'TOP') socket.write(`+OK\r\n${body}.\r\n`);
      else if (verb === 'STAT') socket.write(`+OK ${messages.length} ${messages.join('').length}\r\n`);
      else if (verb === 'LIST')
        socket.write(`+OK\r\n${messages.map((one, at) => `${at + 1} ${one.length}\r\n`).join('')}.\r\n`);
      else if (verb === 'UIDL')
        socket.write(`+OK\r\n${messages.map((_, at) => `${at + 1} id${at + 1}\r\n`).join('')}.\r\n`);
      else if (verb === 'CAPA') socket.write('+OK\r\nUSER\r\nUIDL\r\nTOP\r\n.\r\n');
      else if (verb === 'QUIT') socket.end('+OK bye\r\n');
      else socket.write('+OK\r\n');
    };
  }).listen(0, '127.0.0.1');
  return {
    listening,
    mend: () => {
      isMended = true;
    },
  };
}
