import { expect, test } from 'vitest';
import { MaildropLocks } from '../../../electron/mailbox/maildrop/maildrop-locks.ts';
import type { AccountId } from '../../../shared/ids.ts';

const account = 'a' as AccountId;
const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a maildrop is held by one at a time, in the order of asking', async () => {
  const locks = new MaildropLocks();
  const seen: string[] = [];
  const first = await locks.acquire(account, never);
  const second = locks.acquire(account, never).then((lock) => {
    seen.push('second');
    return lock;
  });
  const third = locks.acquire(account, never).then((lock) => {
    seen.push('third');
    return lock;
  });
  await settled();
  seen.push('first lets go');
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  (await third)[Symbol.dispose]();
  await settled();
  expect([seen, locks.isHeld(account)]).toEqual([['first lets go', 'second', 'third'], false]);
});

test('who gives up waiting does not block the ones behind', async () => {
  const locks = new MaildropLocks();
  const first = await locks.acquire(account, never);
  const controller = new AbortController();
  const second = locks.acquire(account, controller.signal);
  const third = locks.acquire(account, never);
  controller.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  first[Symbol.dispose]();
  (await third)[Symbol.dispose]();
  await settled();
  expect(locks.isHeld(account)).toBe(false);
});

test('different maildrops do not wait for each other', async () => {
  const locks = new MaildropLocks();
  using _a = await locks.acquire(account, never);
  using _b = await locks.acquire('b' as AccountId, never);
  expect([locks.isHeld(account), locks.isHeld('b' as AccountId)]).toEqual([true, true]);
});
