import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { maildropA, maildropB, maildropC } from './maildrops.ts';

function digest(messages: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const message of messages) hash.update(message);
  return hash.digest('hex');
}

function averageKilobytes(messages: readonly Buffer[]): number {
  return messages.reduce((sum, { length }) => sum + length, 0) / messages.length / 1000;
}

test('a seed gives the same maildrop each time and another seed another', () => {
  const [first, again, other] = [digest(maildropA(50)), digest(maildropA(50)), digest(maildropA(50, 9))];
  expect([first === again, first === other]).toEqual([true, false]);
});

test('the maildrops have the sizes that the benchmarks promise', () => {
  const averages = [[...maildropA(2000)], [...maildropB(1)], [...maildropC(500)]].map(averageKilobytes);
  expect(averages.map(Math.round)).toEqual([5, 5242, 2]);
});

test('no line ends without CRLF and none is longer than mail allows', () => {
  const odd = [...maildropA(300), ...maildropC(50)].filter((message) => {
    const lines = message.toString('latin1').split('\r\n');
    return lines.pop() !== '' || lines.some((line) => line.length > 998 || /[\r\n]/.test(line));
  });
  expect(odd).toEqual([]);
});
