import { describe, expect, test } from 'vitest';
import { PageEnd } from '../../electron/page-end.ts';
import { type Outcome, PageChannel, type Serve } from '../../electron/shell/page/page-channel.ts';
import { defaultPreferences } from '../../shared/preferences.ts';
import { failed, ok } from '../../shared/result.ts';
import { FakePort } from './fake-port.ts';

const dark = { ...defaultPreferences, theme: 'dark' } as const;

/** A document with its channel. Requests are kept until the test answers them by name. */
function document() {
  const port = new FakePort();
  const asked = new Map<unknown, (outcome: Outcome) => void>();
  const serve: Serve = (name, _body, answered) => asked.set(name, answered);
  const channel = new PageChannel(port, serve);
  let losses = 0;
  const end = new PageEnd(
    (message) => port.say(message),
    () => {
      losses += 1;
    },
  );
  port.onWritten = (message) => end.receive(message);
  return {
    port,
    channel,
    end,
    losses: () => losses,
    answer: (name: string, outcome: Outcome) => asked.get(name)?.(outcome),
  };
}

/** Lets every promise that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the channel of a document', () => {
  test('brings answers and events in the order in which they were written', async () => {
    const { end, channel, answer, port } = document();
    const seen: string[] = [];
    end.on('preferences/changed', ({ theme }) => seen.push(`changed to ${theme}`));
    const answers = [
      end.request('preferences/read', {}).then(({ theme }) => seen.push(`read as ${theme}`)),
      end.request('account/list', {}).then((list) => seen.push(`${list.length} accounts`)),
    ];
    answer('account/list', ok([]));
    await settled();
    answer('preferences/read', ok(defaultPreferences));
    await settled();
    channel.tell('preferences/changed', dark);
    await Promise.all(answers);
    expect({ seen, numbers: port.written.map(({ number }) => number) }).toEqual({
      seen: ['0 accounts', 'read as system', 'changed to dark'],
      numbers: [1, 2, 3],
    });
  });

  test('rejects a request that was refused, and goes on', async () => {
    const { end, answer } = document();
    const refused = end.request('tag/list', {});
    const list = end.request('account/list', {});
    answer('tag/list', failed('unknown request'));
    answer('account/list', ok([]));
    await expect(refused).rejects.toThrow('unknown request');
    expect(await list).toEqual([]);
  });

  test('is lost when a number is missing: the page asks once to be loaded again and takes nothing more', async () => {
    const { end, channel, port, losses, answer } = document();
    const seen: unknown[] = [];
    end.on('preferences/changed', ({ theme }) => seen.push(theme));
    const waiting = end.request('account/list', {});
    channel.tell('preferences/changed', dark);
    port.onWritten = () => undefined;
    channel.tell('preferences/changed', defaultPreferences);
    port.onWritten = (message) => end.receive(message);
    channel.tell('preferences/changed', defaultPreferences);
    answer('account/list', ok([]));
    await expect(waiting).rejects.toThrow('lost');
    await expect(end.request('tag/list', {})).rejects.toThrow('lost');
    expect({ seen, losses: losses() }).toEqual({ seen: ['dark'], losses: 1 });
  });

  test('is lost when a message comes twice', () => {
    const { end, channel, port, losses } = document();
    channel.tell('command/asked', { command: 'check' });
    const [first] = port.written;
    if (first !== undefined) end.receive(first);
    expect(losses()).toBe(1);
  });

  test('is lost when its port has closed', async () => {
    const { end, losses } = document();
    const waiting = end.request('account/list', {});
    end.lose();
    end.lose();
    await expect(waiting).rejects.toThrow('lost');
    expect(losses()).toBe(1);
  });

  test('drops the answers and events of a document that has gone', async () => {
    const old = document();
    const forgotten = old.end.request('account/list', {});
    forgotten.catch(() => undefined);
    old.port.emit('close');
    old.answer('account/list', ok([]));
    old.channel.tell('preferences/changed', dark);
    expect(old.port.written).toEqual([]);
  });

  test('begins its numbers anew with each document', () => {
    const [first, second] = [document(), document()];
    first.channel.tell('preferences/changed', dark);
    first.channel.close();
    first.channel.tell('preferences/changed', dark);
    second.channel.tell('preferences/changed', dark);
    expect([first, second].map(({ port }) => port.written.map(({ number }) => number))).toEqual([[1], [1]]);
  });

  test('takes no notice of what is no request', () => {
    const { port } = document();
    for (const odd of [null, 'account/list', 7, {}, { request: '1', name: 'account/list' }]) port.say(odd);
    expect(port.written).toEqual([]);
  });
});
