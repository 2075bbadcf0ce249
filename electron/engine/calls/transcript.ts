import type { Answers, EngineParts } from '../engine-parts.ts';

/** The protocol log of an account as text, for the shell to save. */
export function transcriptCalls({
  transcripts,
}: Pick<EngineParts, 'transcripts'>): Answers<'transcript/text'> {
  return { 'transcript/text': ({ accountId }) => transcripts.latest(accountId)?.toText() ?? '' };
}
