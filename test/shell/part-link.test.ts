import { expect, test } from 'vitest';
import { partAskedFor } from '../../electron/shell/part-link.ts';

test('a link to a file of a message leads to that file alone, and only from the page that shows the message', () => {
  const shown = ['one', 'two'];
  expect([
    partAskedFor('poppy-part://two/part/2.1', shown),
    partAskedFor('poppy-part://three/part/2', shown),
    partAskedFor('poppy-part://two/remote/https%3A%2F%2Fe.example', shown),
    partAskedFor('poppy-part://two/part/../x', shown),
    partAskedFor('https://two/part/2', shown),
  ]).toEqual([{ token: 'two', part: '2.1' }, null, null, null, null]);
});
