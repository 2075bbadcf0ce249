import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ConnectError, connectToHost } from '../../../electron/pop3/connection/address-race.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';

guardAgainstLeaks();

async function listener() {
  const server = createServer((socket) => socket.on('error', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

const sound = { address: '127.0.0.1', family: 4 };
/** Nobody listens at these, and the system says so at once. */
const dead = { address: '127.0.0.9', family: 4 };
const dead6 = { address: '::1', family: 6 };
/** Reserved for documents: packets to it go nowhere, or the system has no way to it. */
const lost = { address: '192.0.2.1', family: 4 };

async function winner(
  addresses: readonly { address: string; family: number }[],
): Promise<string | undefined> {
  await using server = await listener();
  const socket = await connectToHost(
    'mail.test',
    server.port,
    AbortSignal.timeout(10_000),
    async () => addresses,
  );
  const { remoteAddress } = socket;
  socket.destroy();
  return remoteAddress;
}

describe('the race of addresses is won by', () => {
  test('the only one', async () => expect(await winner([sound])).toBe('127.0.0.1'));
  test('the one that answers when the first refuses', async () =>
    expect(await winner([dead, sound])).toBe('127.0.0.1'));
  test('the one of the other family when the first refuses', async () =>
    expect(await winner([dead6, sound])).toBe('127.0.0.1'));
  test('the one that answers when the first is silent', async () =>
    expect(await winner([lost, sound])).toBe('127.0.0.1'));
  test('the last of many', async () =>
    expect(await winner([dead, dead6, dead, dead6, sound])).toBe('127.0.0.1'));
  test('the address itself where the host is one', async () => {
    await using server = await listener();
    const socket = await connectToHost('127.0.0.1', server.port, AbortSignal.timeout(10_000));
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });
});

describe('the race of addresses is lost', () => {
  test('when all refuse, with the first refusal as the reason', async () => {
    const racing = connectToHost('mail.test', 9, AbortSignal.timeout(10_000), async () => [dead, dead6]);
    await expect(racing).rejects.toMatchObject({ step: 'connect', cause: { code: 'ECONNREFUSED' } });
  });

  test('when there is no address', async () => {
    const racing = connectToHost('mail.test', 9, AbortSignal.timeout(10_000), async () => []);
    await expect(racing).rejects.toBeInstanceOf(ConnectError);
  });

  test('when the name is not known', async () => {
    const failure = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    const racing = connectToHost('mail.test', 9, AbortSignal.timeout(10_000), async () => {
      throw failure;
    });
    await expect(racing).rejects.toMatchObject({ step: 'look-up', cause: failure });
  });

  test('when it is cancelled while addresses are silent', async () => {
    const controller = new AbortController();
    const racing = connectToHost('mail.test', 110, controller.signal, async () => {
      setImmediate(() => controller.abort('enough'));
      return [lost, lost];
    });
    // Where there is no network at all the address fails before that.
    await expect(racing).rejects.toSatisfy((reason) => reason === 'enough' || reason instanceof ConnectError);
  });
});
