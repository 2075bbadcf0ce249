import { composeMessage } from './compose-message.ts';
import { conversations } from './conversations.ts';
import { curiosities } from './curiosities.ts';
import { lettersInRussian } from './letters-in-russian.ts';
import { lettersWithFiles } from './letters-with-files.ts';
import type { SampleMessage } from './maildrop.ts';
import { newsletters } from './newsletters.ts';

/**
 * The mail of the sample mailbox, oldest first. Only the dates depend on `now` (ms since the epoch); ids and order are
 * the same at every start.
 */
export function sampleMessages(now: number): SampleMessage[] {
  return [
    ...lettersInRussian(),
    ...newsletters(),
    ...lettersWithFiles(now),
    ...conversations(),
    ...curiosities(),
  ]
    .sort((a, b) => b.hoursAgo - a.hoursAgo)
    .map((draft) => composeMessage(draft, now));
}
