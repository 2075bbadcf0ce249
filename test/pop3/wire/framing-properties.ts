import fc from 'fast-check';
import type { Expectation } from '../../../electron/pop3/replies/expectation.ts';
import { ReplyReader } from '../../../electron/pop3/replies/reply-reader.ts';

/** Bytes that matter to framing come up far more often than in mail. */
const nasty = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\r\n',
      '.',
      '\r',
      '\n',
      '\r\n.',
      '\r\n.\r\n',
      '.\r\n',
      '\n.\n',
      '\n.\r\n',
      '\r.\r\n',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('+OK', '-ERR', '+', '-', '+OK 5 octets\r\n', '-ERR no\r\n', '\0', 'From '),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 12, unit: 'binary-ascii' }) },
);
const text = fc.array(nasty, { maxLength: 30 }).map((pieces) => pieces.join(''));
const cuts = fc.infiniteStream(
  fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 200 })),
);

/** What came out of one reply. */
type Heard = { body: Buffer[]; end: 'none' | 'refused' | 'sure' | 'doubtful' | 'failed' };

function expectation(heard: Heard): Expectation {
  return {
    step: 'download',
    shape: 'lines',
    timeoutMs: 0,
    announcedBytes: 0,
    status: ({ isOk }) => {
      if (!isOk) heard.end = 'refused';
    },
    slice: (bytes) => {
      heard.body.push(Buffer.from(bytes));
    },
    end: (isDoubtful) => {
      heard.end = isDoubtful ? 'doubtful' : 'sure';
    },
    fail: () => {
      heard.end = 'failed';
    },
  };
}

function read(
  wire: Buffer,
  replies: number,
  sizes: Iterable<number>,
  greeting = '+OK\r\n',
): { heard: Heard[]; broken: unknown[] } {
  const heard = Array.from({ length: replies }, (): Heard => ({ body: [], end: 'none' }));
  const broken: unknown[] = [];
  const reader = new ReplyReader({
    said: () => undefined,
    broken: (error) => {
      broken.push(error);
      for (const expected of reader.stop()) expected.fail(error);
    },
    blocked: () => undefined,
  });
  reader.expect({ ...expectation({ body: [], end: 'none' }), shape: 'line' });
  for (const reply of heard) reader.expect(expectation(reply));
  const all = Buffer.concat([Buffer.from(greeting), wire]);
  let at = 0;
  for (const size of sizes) {
    if (at >= all.length) break;
    reader.feed(all.subarray(at, at + size));
    at += size;
  }
  reader.end();
  return { heard, broken };
}

/** A message as a sound server puts it on the wire: its lines end in CRLF, and dots at their start are doubled. */
function onTheWire(message: string): { wire: string; message: string } {
  const whole = message === '' || message.endsWith('\r\n') ? message : `${message}\r\n`;
  return { wire: `+OK\r\n${whole.replace(/(^|\r\n)\./g, '$1..')}.\r\n`, message: whole };
}

/** Whatever a message holds and however it is cut, it comes back byte for byte and its end is sure. */
export const stuffedMessagesComeBack = fc.property(
  fc.array(text, { maxLength: 5 }),
  cuts,
  (messages, sizes) => {
    const sent = messages.map(onTheWire);
    // The last reply is there to prove the end of the one before.
    const wire = Buffer.from(`${sent.map((one) => one.wire).join('')}-ERR\r\n`, 'latin1');
    const { heard } = read(wire, sent.length + 1, sizes);
    return sent.every(({ message }, index) => {
      const one = heard[index];
      return one?.end === 'sure' && Buffer.concat(one.body).toString('latin1') === message;
    });
  },
);

/** Leaves no dot at the start of a line but those alone on theirs, and nothing that looks like a status. */
function withoutLostDots(message: string): string {
  const lines = message.replace(/[+-]/g, '').split('\r\n');
  return lines.map((line) => (line === '.' ? line : line.replace(/^\.+/, ''))).join('\r\n');
}

/** A server that doubles no dots may make messages doubtful; no byte is lost and none is put into the wrong message. */
export const unstuffedMessagesAreKept = fc.property(
  fc.array(text.map(withoutLostDots), { maxLength: 5 }),
  cuts,
  (messages, sizes) => {
    const sent = messages.map((message) =>
      message === '' || message.endsWith('\r\n') ? message : `${message}\r\n`,
    );
    const wire = Buffer.from(`${sent.map((message) => `+OK\r\n${message}.\r\n`).join('')}-ERR\r\n`, 'latin1');
    const { heard } = read(wire, sent.length + 1, sizes);
    return sent.every((message, index) => {
      const one = heard[index];
      return (
        (one?.end === 'sure' || one?.end === 'doubtful') &&
        Buffer.concat(one.body).toString('latin1') === message
      );
    });
  },
);

/** Noise never throws, never hangs, and is never taken for more bytes than came. */
export const noiseIsBorne = fc.property(
  text,
  text,
  cuts,
  fc.integer({ min: 0, max: 4 }),
  (greeting, noise, sizes, replies) => {
    const wire = Buffer.from(noise.repeat(3), 'latin1');
    const { heard, broken } = read(wire, replies, sizes, greeting);
    const taken = heard.flatMap(({ body }) => body).reduce((sum, piece) => sum + piece.length, 0);
    const isSettled = heard.every(({ end }) => end !== 'none') || broken.length === 0;
    return taken <= greeting.length + wire.length && broken.length <= 1 && isSettled;
  },
);

/** However a reply is cut, the same comes of it as in one piece. */
export const cutsChangeNothing = fc.property(
  text,
  cuts,
  fc.integer({ min: 2, max: 5 }),
  (noise, sizes, replies) => {
    const wire = Buffer.from(`+OK\r\n${noise}\r\n.\r\n+OK\r\n${noise}.\r\n`, 'latin1');
    // One reply more is always due, so that it does not matter what has come when an end mark is seen.
    const summary = ({ heard, broken }: ReturnType<typeof read>) =>
      JSON.stringify([
        heard.map(({ body, end }) => [Buffer.concat(body).toString('latin1'), end]),
        broken.map(String),
      ]);
    const due = replies + 6 + (noise.match(/[+-]/g)?.length ?? 0);
    return summary(read(wire, due, sizes)) === summary(read(wire, due, [wire.length + 5]));
  },
);
