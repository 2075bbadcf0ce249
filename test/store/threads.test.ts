import { describe, expect, test } from 'vitest';
import { baseSubject } from '../../electron/store/index/text-keys.ts';
import { buildThreads, type ThreadInput, type ThreadNode } from '../../electron/store/threads.ts';

const message = (
  id: number,
  subject: string,
  references: readonly string[] = [],
  own = `m${id}`,
): ThreadInput => ({
  id,
  messageId: own,
  references,
  subject,
  sentAt: id,
});

/** A tree as text: `1(2(3))`, a message that is not here as `?`. */
function drawn(nodes: readonly ThreadNode[]): string {
  return nodes
    .map(({ id, children }) => `${id ?? '?'}${children.length > 0 ? `(${drawn(children)})` : ''}`)
    .join(' ');
}

describe('a thread', () => {
  test.each<[string, ThreadInput[], string]>([
    [
      'follows references',
      [message(1, 'a'), message(2, 'Re: a', ['m1']), message(3, 'Re: a', ['m1', 'm2'])],
      '1(2(3))',
    ],
    [
      'comes out the same from the newest on',
      [message(3, 'Re: a', ['m1', 'm2']), message(2, 'Re: a', ['m1']), message(1, 'a')],
      '1(2(3))',
    ],
    [
      'has a place for a message that is not here',
      [message(2, 'Re: a', ['m1']), message(3, 'Re: a', ['m1'])],
      '?(2 3)',
    ],
    [
      'skips one that is not here in the middle',
      [message(1, 'a'), message(3, 'Re: a', ['m1', 'm2'])],
      '1(3)',
    ],
    [
      'joins by subject only where one is a reply',
      [message(1, 'plan'), message(2, 'Re: plan'), message(3, 'plan')],
      '3 1(2)',
    ],
    ['survives a message that refers to itself', [message(1, 'a', ['m1'])], '1'],
    ['survives a loop of two', [message(1, 'a', ['m2']), message(2, 'b', ['m1'])], '2(1)'],
    [
      'gives two messages of one Message-ID a place each',
      [message(1, 'a', [], 'x'), message(2, 'b', [], 'x')],
      '1 2',
    ],
  ])('%s', (_, messages, tree) => {
    expect(drawn(buildThreads(messages))).toBe(tree);
  });

  test('of 20,000 replies, each to the one before, is built without a stack of as many calls', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      message(index + 1, 'a', index > 0 ? [`m${index}`] : []),
    );
    let depth = 0;
    for (
      let nodes: readonly ThreadNode[] = buildThreads(chain);
      nodes.length > 0;
      nodes = nodes[0]?.children ?? []
    )
      depth++;
    expect(depth).toBe(20_000);
  });

  test('with 100,000 references in one header is built', () => {
    const references = Array.from({ length: 100_000 }, (_, index) => `r${index}`);
    expect(drawn(buildThreads([message(1, 'a', references), message(2, 'b', ['r0'])]))).toBe('?(1 2)');
  });
});

test.each([
  ['Re: Re[2]: Fwd: [list] Plan', 'plan', true],
  ['Отв: Ответ: план', 'план', true],
  ['AW: WG: Plan', 'plan', true],
  ['Recall: plan', 'recall: plan', false],
  ['[list]', '[list]', false],
  ['', '', false],
])('the subject %j is about %j', (subject, base, isReply) => {
  expect(baseSubject(subject)).toEqual({ base, isReply });
});
