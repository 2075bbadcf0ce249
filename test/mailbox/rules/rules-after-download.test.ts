import { expect, test } from 'vitest';
import { changesByRules } from '../../../electron/mailbox/rules/rules-after-download.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Rule, RuleAction } from '../../../shared/rule.ts';

const row = { accountId: '00000000000000aa' as AccountId, sizeBytes: 30 };
const message = {
  from: [{ name: 'Shop', address: 'offers@shop.example' }],
  to: [],
  cc: [],
  subject: 'Buy',
  headers: [],
};

const rule = (...actions: RuleAction[]): Rule => ({
  id: 'one',
  name: 'one',
  isOn: true,
  accountId: null,
  conditions: [{ kind: 'subject', contains: 'buy' }],
  actions,
});

test('the actions of all rules that match become one change, and the Trash counts more than the Archive', () => {
  const rules = [
    rule({ kind: 'archive' }, { kind: 'tag', tag: 'shops' }, { kind: 'star' }),
    rule({ kind: 'trash' }, { kind: 'mark-read' }, { kind: 'tag', tag: 'adverts' }),
  ];
  expect(changesByRules(rules, row, message)).toEqual({
    isSilenced: false,
    change: { isStarred: true, isRead: true, folder: 'trash', addTags: ['shops', 'adverts'] },
  });
});

test('a rule that only silences a message changes nothing about it', () => {
  expect(changesByRules([rule({ kind: 'no-notice' })], row, message)).toEqual({
    isSilenced: true,
    change: null,
  });
});

test('a rule that works before the download changes nothing after it', () => {
  expect(changesByRules([rule({ kind: 'skip' })], row, message)).toEqual({ isSilenced: false, change: null });
});
