import { expect, test } from 'vitest';
import { actionsFor, needsHeadersFirst, type RuleSubject } from '../../../electron/mailbox/rules/rules.ts';
import type { AccountId } from '../../../shared/ids.ts';
import type { Rule } from '../../../shared/rule.ts';

const own = '00000000000000aa' as AccountId;
const message: RuleSubject = {
  accountId: own,
  from: { name: 'Anna Bäcker', address: 'anna@example.org' },
  to: [{ name: '', address: 'me@example.org' }],
  subject: 'Отчёт за июнь',
  sizeBytes: 5_000,
  headers: [{ name: 'List-Id', value: '<garden.example.org>' }],
};
const rule = (part: Partial<Rule>): Rule => ({
  id: 'r',
  name: 'rule',
  isOn: true,
  accountId: null,
  conditions: [],
  actions: [{ kind: 'star' }],
  ...part,
});

test('all conditions must hold, in any case of letters', () => {
  const rules = [
    rule({
      conditions: [
        { kind: 'from', contains: 'BÄCKER' },
        { kind: 'larger', bytes: 4_000 },
      ],
    }),
    rule({ conditions: [{ kind: 'subject', contains: 'отчёт' }], actions: [{ kind: 'tag', tag: 'work' }] }),
    rule({
      conditions: [{ kind: 'header', name: 'list-id', contains: 'garden' }],
      actions: [{ kind: 'archive' }],
    }),
    rule({
      conditions: [
        { kind: 'from', contains: 'anna' },
        { kind: 'smaller', bytes: 5_000 },
      ],
      actions: [{ kind: 'trash' }],
    }),
    rule({ conditions: [{ kind: 'to', contains: 'you@' }], actions: [{ kind: 'trash' }] }),
  ];
  expect(actionsFor(rules, message)).toEqual([
    { kind: 'star' },
    { kind: 'tag', tag: 'work' },
    { kind: 'archive' },
  ]);
});

test('a rule that is off, is for another account or has no conditions does nothing', () => {
  const conditions = [{ kind: 'from' as const, contains: 'anna' }];
  const rules = [
    rule({ conditions, isOn: false }),
    rule({ conditions, accountId: '00000000000000bb' as AccountId }),
    rule({}),
    rule({ conditions: [{ kind: 'subject', contains: '' }] }),
  ];
  expect(actionsFor(rules, message)).toEqual([]);
});

test('headers are asked for first only when a rule decides before the download', () => {
  const skip = rule({ conditions: [{ kind: 'larger', bytes: 1 }], actions: [{ kind: 'skip' }] });
  expect([
    needsHeadersFirst([rule({})], own),
    needsHeadersFirst([skip], own),
    needsHeadersFirst([{ ...skip, isOn: false }], own),
    needsHeadersFirst([{ ...skip, accountId: '00000000000000bb' as AccountId }], own),
  ]).toEqual([false, true, false, false]);
});
