import { describe, expect, test } from 'vitest';
import { answerCall } from '../../electron/engine/answer-call.ts';
import type { Answers } from '../../electron/engine/engine-parts.ts';
import type { EngineCallName, FromEngine, ToEngine } from '../../electron/engine/protocol.ts';

const asked: ToEngine = { kind: 'call', call: 7, name: 'tag/list', body: {} };

/** Answers a call by this; gives what has been said at once, and what in the end. */
async function said(answer: () => unknown) {
  const messages: FromEngine[] = [];
  const answers = { 'tag/list': answer } as unknown as Answers<EngineCallName>;
  answerCall(
    answers,
    asked,
    (message) => messages.push(message),
    () => 'abc',
  );
  const atOnce = messages.length;
  await new Promise((resolve) => setImmediate(resolve));
  return { atOnce, messages };
}

const answered = { kind: 'answer', call: 7, value: [] };
const broken = { kind: 'broken', call: 7, reference: 'abc' };

describe('a call of the engine', () => {
  test('is answered in the same step where the answer is known, so that no later event comes before it', async () => {
    expect(await said(() => [])).toEqual({ atOnce: 1, messages: [answered] });
  });

  test('is answered later where the answer takes time', async () => {
    expect(await said(async () => [])).toEqual({ atOnce: 0, messages: [answered] });
  });

  test('that fails is answered by the reference of the mistake', async () => {
    const fails = () => {
      throw new Error('no tags');
    };
    expect([await said(fails), await said(async () => fails())]).toEqual([
      { atOnce: 1, messages: [broken] },
      { atOnce: 0, messages: [broken] },
    ]);
  });
});
