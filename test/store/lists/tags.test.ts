import { expect, test } from 'vitest';
import type { MessageId } from '../../../shared/ids.ts';
import { mail, newFolder, openTestStore, storeMail } from '../open-test-store.ts';

test('a tag gets another name on messages, in rules, and with the tags below it', async () => {
  const store = await openTestStore({ folder: newFolder() });
  const ids = (await storeMail(store, [
    { bytes: mail('a'), marks: { tags: ['Work', 'Work/2024'] } },
    { bytes: mail('b'), marks: { tags: ['Work', 'Job'] } },
    { bytes: mail('c'), marks: { tags: ['Workshop'] } },
  ])) as MessageId[];
  await store.tags.save([
    { name: 'Work', color: 'red' },
    { name: 'Work/2024', color: 'blue' },
    { name: 'Job', color: 'green' },
    { name: 'Workshop', color: 'grey' },
  ]);
  const rule = { id: 'r', name: 'r', isOn: true, accountId: null, conditions: [] };
  await store.rules.save([{ ...rule, actions: [{ kind: 'tag', tag: 'Work' }] }]);
  await store.tags.rename('Work', ' Job ');
  expect({
    messages: ids.map((id) => store.messages.find(id)?.tags),
    tags: store.tags.all(),
    rule: store.rules.all()[0]?.actions,
  }).toEqual({
    messages: [['Job', 'Job/2024'], ['Job'], ['Workshop']],
    tags: [
      { name: 'Job/2024', color: 'blue' },
      { name: 'Job', color: 'green' },
      { name: 'Workshop', color: 'grey' },
    ],
    rule: [{ kind: 'tag', tag: 'Job' }],
  });
});
