import type { RetrievalSink } from '../../pop3/maildrop/retrieval-sink.ts';
import type { Pop3Session } from '../../pop3/session.ts';

/**
 * Fetches the headers of messages (TOP n 0) and hands over each one when it is complete. A message that the server
 * refuses is left out: all users of headers work without them. `broken` is called with the message during which the
 * session broke. Rejects with the session's error. RFC 1939 §7, TOP.
 */
export async function fetchHeaders(
  session: Pop3Session,
  numbers: readonly number[],
  take: (number: number, headers: Uint8Array) => void,
  broken?: RetrievalSink['broken'],
): Promise<void> {
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
      take(number, Buffer.concat(pieces));
    },
    refused: () => undefined, // Left out, as said above.
    ...(broken === undefined ? {} : { broken }),
  };
  await session.topMany(
    numbers.map((number) => ({ number, lines: 0 })),
    sink,
  );
}
