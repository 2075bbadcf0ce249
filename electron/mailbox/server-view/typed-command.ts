import type { Failure } from '../../../shared/failure.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { isSafeCommandLine } from '../../../shared/safe-commands.ts';
import type { Transcript } from '../../pop3/connection/transcript.ts';
import type { Pop3Session } from '../../pop3/session.ts';

/** Lines of the reply to a typed command that go into the log; it keeps a few thousand in all. */
const mostReplyLines = 500;

/**
 * Sends one of the safe commands that a person typed, and gives the reply. The session logs no bodies, but this one was
 * asked for to be read. Throws the session's error. RFC 1939 §5.
 */
export async function sendTyped(
  session: Pop3Session,
  transcript: Transcript,
  line: string,
): Promise<Result<string, Failure>> {
  if (!isSafeCommandLine(line)) {
    const what = 'not one of the safe commands';
    return failed({ kind: 'bad-input', field: 'command', what, canRetry: false });
  }
  const reply = await session.raw(line);
  const lines = reply.split('\n').slice(1);
  for (const text of lines.slice(0, mostReplyLines)) transcript.add('server', text);
  const left = lines.length - mostReplyLines;
  if (left > 0) transcript.add('note', `${left} more lines`);
  return ok(reply);
}
