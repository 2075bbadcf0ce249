import type { RetrievalSink } from '../../pop3/maildrop/retrieval-sink.ts';
import type { Pop3Session } from '../../pop3/session.ts';

/** So many refusals, and no headers at all, show that a server does not know TOP; more where it announces TOP. */
const mostRefusals = { announced: 20, unknown: 3 };

/**
 * Fetches the headers of messages (TOP n 0) and hands over each one when it is complete. A message that the server
 * refuses is left out: all users of headers work without them. A server that refuses them all is soon asked no more. `broken` is called with the message during which the
 * session broke. Rejects with the session's error. RFC 1939 §7, TOP.
 */
export async function fetchHeaders(
  session: Pop3Session,
  numbers: readonly number[],
  take: (number: number, headers: Uint8Array) => void,
  broken?: RetrievalSink['broken'],
): Promise<void> {
  const most = session.capabilities.top ? mostRefusals.announced : mostRefusals.unknown;
  let refusals = 0;
  let pieces: Uint8Array[] = [];
  const sink: RetrievalSink = {
    begin: () => {
      pieces = [];
    },
    chunk: (bytes) => {
      pieces.push(bytes);
    },
    // The answer of `take` is not passed on. A returned value would be awaited.
    end: ({ number }) => {
      refusals = Number.NEGATIVE_INFINITY;
      take(number, Buffer.concat(pieces));
    },
    refused: () => {
      refusals += 1;
    },
    ...(broken === undefined ? {} : { broken }),
  };
  function* asked(): Generator<{ readonly number: number; readonly lines: number }> {
    for (const number of numbers) {
      if (refusals >= most) return;
      yield { number, lines: 0 };
    }
  }
  await session.topMany(asked(), sink);
}
