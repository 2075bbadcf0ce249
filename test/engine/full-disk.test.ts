import { expect, test } from 'vitest';
import { engineAnswers } from '../../electron/engine/answers.ts';
import type { EngineParts } from '../../electron/engine/engine-parts.ts';
import type { MessageId } from '../../shared/ids.ts';

const full = async (): Promise<never> => {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
};

test('a full disk is an answer or a notice in every call that writes, and never an exception', async () => {
  const notices: unknown[] = [];
  const store = {
    marks: { change: full, moveTo: full, undo: full, idsOf: () => [1] },
    trash: { empty: full, delete: full },
    messages: { summaries: () => [] },
    tags: { all: () => [], save: full },
    searches: { all: () => [], save: full },
    rules: { all: () => [], save: full },
    remotePictures: { disallow: full },
  };
  const { answers: calls } = engineAnswers({
    store,
    settings: { accounts: () => [] },
    changes: { note: () => undefined },
    emit: (name: string) => notices.push(name),
  } as unknown as EngineParts);
  const selection = { kind: 'ids' as const, ids: [1 as MessageId] };
  const answers = [
    await calls['message/mark']({ selection, change: { isRead: true } }),
    await calls['message/move']({ selection, to: 'archive' }),
    await calls['message/delete']({ selection, alsoOnServer: true }),
    await calls['message/undo']({ undoToken: 'x' }),
    await calls['trash/empty']({ accountId: null }),
    await calls['trash/delete']({ selection }),
  ];
  const lists = [
    await calls['tag/save']({ tags: [] }),
    await calls['saved-search/save']({ searches: [] }),
    await calls['rule/save']({ rules: [] }),
    await calls['remote/remove']({ scope: 'sender', value: 'a@example.org' }),
  ];
  const failure = { kind: 'disk-full', step: 'store', canRetry: true };
  expect([answers, lists, notices.filter((name) => name === 'failure/raised').length]).toEqual([
    Array.from({ length: 6 }, () => ({ ok: false, failure })),
    [null, [], [], null],
    4,
  ]);
});
