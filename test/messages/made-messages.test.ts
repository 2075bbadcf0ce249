import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../electron/message/parsing/parse.ts';
import { messageGroups } from './all-messages.ts';
import { comparable } from './made-message.ts';

for (const [group, messages] of Object.entries(messageGroups))
  describe(group, () => {
    for (const { habit, bytes, expected } of messages)
      test(`reads ${habit}`, async () => {
        const message = await parseMessage(bytes);
        const { got, wanted } = comparable(
          {
            ...message,
            charset: message.charsets[0]?.used ?? '',
            warnings: message.warnings.map((warning) => warning.code),
          },
          expected,
        );
        expect(got).toEqual(wanted);
      });
  });
