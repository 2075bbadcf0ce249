import { afterEach, describe, expect, test } from 'vitest';
import {
  type SampleServer,
  type SampleServerOptions,
  startSampleServer,
} from '../../electron/sample/sample-server.ts';
import { signedIn, talkTo } from './pop3-talk.ts';

const three = [
  { uidl: 'a', bytes: Buffer.from('Subject: one\r\n\r\n.first\r\n..\r\n.\r\nlast') },
  { uidl: 'b', bytes: Buffer.from('Subject: two\r\n\r\n1\r\n2\r\n3\r\n') },
  { uidl: 'c', bytes: Buffer.from('Subject: three\r\n\r\n') },
];

const running: SampleServer[] = [];

async function start(options: SampleServerOptions = { messages: three }): Promise<SampleServer> {
  const server = await startSampleServer(options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

describe('the sample server', () => {
  test('speaks every command of a session', async () => {
    const talk = await signedIn(await start());
    const heard = [
      await talk.say('STAT'),
      await talk.ask('LIST'),
      await talk.say('list 2'),
      await talk.ask('UIDL'),
      await talk.say('UIDL 3'),
      await talk.say('LAST'),
      await talk.ask('RETR 1'),
      await talk.ask('TOP 2 1'),
      await talk.say('LAST'),
      await talk.say('DELE 2'),
      await talk.say('RETR 2'),
      await talk.ask('LIST'),
      await talk.say('STAT'),
      await talk.say('RSET'),
      await talk.say('STAT'),
      await talk.say('NOOP'),
      await talk.say('RETR 4'),
      await talk.say('DELE 0'),
      await talk.say('TOP 1'),
      await talk.say('XYZZY'),
      await talk.say('QUIT'),
    ];
    await talk.closed();
    expect(heard).toEqual([
      '+OK 3 80',
      '+OK 3 messages\r\n1 37\r\n2 25\r\n3 18\r\n',
      '+OK 2 25',
      '+OK 3 messages\r\n1 a\r\n2 b\r\n3 c\r\n',
      '+OK 3 c',
      '+OK 0',
      '+OK 37 octets\r\nSubject: one\r\n\r\n.first\r\n..\r\n.\r\nlast\r\n',
      '+OK\r\nSubject: two\r\n\r\n1\r\n',
      '+OK 1',
      '+OK message 2 is marked',
      '-ERR message 2 is marked for deletion',
      '+OK 2 messages\r\n1 37\r\n3 18\r\n',
      '+OK 2 55',
      '+OK nothing is marked any more',
      '+OK 3 80',
      '+OK',
      '-ERR no such message',
      '-ERR no such message',
      '-ERR TOP wants a message and a number of lines',
      '-ERR unknown command',
      '+OK until next time',
    ]);
  });

  test('removes what is marked at QUIT, and only then', async () => {
    const removed: string[][] = [];
    const server = await start({ messages: three, onRemoved: (uidls) => removed.push([...uidls]) });
    const dropped = await signedIn(server);
    await dropped.say('DELE 1');
    dropped.close();
    await dropped.closed();

    const talk = await signedInWhenFree(server);
    const before = await talk.ask('UIDL');
    await talk.say('DELE 3');
    await talk.say('DELE 1');
    await talk.say('QUIT');
    const after = await signedInWhenFree(server);
    expect({ before, after: await after.ask('UIDL'), removed }).toEqual({
      before: '+OK 3 messages\r\n1 a\r\n2 b\r\n3 c\r\n',
      after: '+OK 1 messages\r\n1 b\r\n',
      removed: [['a', 'c']],
    });
  });

  test('does not bring back what an earlier run removed', async () => {
    const talk = await signedIn(await start({ messages: three, removedUidls: ['a', 'b'] }));
    expect(await talk.ask('UIDL')).toBe('+OK 1 messages\r\n1 c\r\n');
  });

  test('shows a delivered message to the next session only', async () => {
    const server = await start({ messages: [] });
    const first = await signedIn(server);
    server.deliver({ uidl: 'new', bytes: Buffer.from('Subject: hello\r\n\r\n') });
    const during = await first.say('STAT');
    await first.say('QUIT');
    const next = await signedInWhenFree(server);
    expect([during, await next.say('STAT')]).toEqual(['+OK 0 0', '+OK 1 18']);
  });

  test('lets one session at a time into the maildrop', async () => {
    const server = await start();
    const first = await signedIn(server);
    const second = await talkTo(server.port);
    await second.say(`USER ${server.user}`);
    const busy = await second.say(`PASS ${server.password}`);
    await first.say('QUIT');
    await second.say(`USER ${server.user}`);
    expect([busy, await second.say(`PASS ${server.password}`)]).toEqual([
      '-ERR [IN-USE] another session has this maildrop open',
      '+OK 3 messages',
    ]);
  });

  test('refuses wrong passwords, commands before signing in, and the fourth guess', async () => {
    const server = await start();
    const talk = await talkTo(server.port);
    const heard = [await talk.say('STAT'), await talk.say(`PASS ${server.password}`)];
    for (const guess of ['a', 'b', 'c']) {
      await talk.say(`USER ${server.user}`);
      heard.push(await talk.say(`PASS ${guess}`));
    }
    await talk.closed();
    const wrong = '-ERR [AUTH] user name or password is wrong';
    expect(heard).toEqual(['-ERR not before signing in', '-ERR USER comes first', wrong, wrong, wrong]);
  });

  test('announces what it can before and after signing in', async () => {
    const server = await start();
    const talk = await talkTo(server.port);
    const before = await talk.ask('CAPA');
    const inside = await (await signedIn(server)).ask('CAPA');
    expect({ isSame: before === inside, lines: before.trim().split('\r\n') }).toEqual({
      isSame: true,
      lines: [
        '+OK',
        'TOP',
        'UIDL',
        'USER',
        'PIPELINING',
        'RESP-CODES',
        'AUTH-RESP-CODE',
        'EXPIRE NEVER',
        'IMPLEMENTATION Poppy sample mailbox',
      ],
    });
  });

  test('answers pipelined commands in order, and commands byte by byte', async () => {
    const talk = await signedIn(await start());
    talk.send('NOOP\r\nSTAT\r\nDELE 2\r\nSTAT\r\n');
    const together = [await talk.line(), await talk.line(), await talk.line(), await talk.line()];
    for (const byte of 'UIDL 1\r\n') talk.send(byte);
    expect([...together, await talk.line()]).toEqual([
      '+OK',
      '+OK 3 80',
      '+OK message 2 is marked',
      '+OK 2 55',
      '+OK 1 a',
    ]);
  });

  test('makes another password at each start, and drops open sessions when it stops', async () => {
    const [one, two] = [await start(), await start()];
    const talk = await signedIn(one);
    await one.stop();
    await talk.closed();
    expect({ samePassword: one.password === two.password, sameUser: one.user === two.user }).toEqual({
      samePassword: false,
      sameUser: false,
    });
  });

  test('closes a connection that sends an endless line', async () => {
    const talk = await talkTo((await start()).port);
    talk.send('A'.repeat(5000));
    await expect(talk.closed()).resolves.toBeUndefined();
  });
});

/** Signs in once the last session has let go, which the server does just after its answer to QUIT. */
async function signedInWhenFree(server: SampleServer) {
  for (;;) {
    const talk = await talkTo(server.port);
    await talk.say(`USER ${server.user}`);
    if ((await talk.say(`PASS ${server.password}`)).startsWith('+OK')) return talk;
    talk.close();
  }
}
