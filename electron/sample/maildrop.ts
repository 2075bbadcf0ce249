/** One message of the sample mailbox: its id on the server, which is the same at every start, and its exact bytes. */
export type SampleMessage = { readonly uidl: string; readonly bytes: Buffer };

/** One session's hold on the maildrop: the messages at sign-in, and the deletions marked since. */
export type MaildropLock = {
  /** Messages in the order of their numbers; index 0 is message 1. */
  readonly messages: readonly SampleMessage[];
  /** Numbers marked by DELE in this session. */
  readonly marked: Set<number>;
  /** Removes the marked messages. RFC 1939 §6, QUIT in the transaction state. */
  apply(): void;
  /** Releases the maildrop. Marked messages that were not removed stay. */
  release(): void;
};

/** A maildrop in memory. One session at a time may hold it. RFC 1939 §4. */
export class Maildrop {
  #messages: SampleMessage[];
  #isHeld = false;
  readonly #onRemoved: (uidls: readonly string[]) => void;

  constructor(messages: readonly SampleMessage[], onRemoved: (uidls: readonly string[]) => void) {
    this.#messages = messages.map(withLastLineEnding);
    this.#onRemoved = onRemoved;
  }

  /** Adds a message as a delivery does. An open session does not see it. */
  deliver(message: SampleMessage): void {
    this.#messages.push(withLastLineEnding(message));
  }

  /** Locks the maildrop, or answers null while another session has it. */
  lock(): MaildropLock | null {
    if (this.#isHeld) return null;
    this.#isHeld = true;
    const messages = [...this.#messages];
    const marked = new Set<number>();
    let isReleased = false;
    return {
      messages,
      marked,
      apply: () => {
        if (marked.size === 0) return;
        const removed = messages.filter((_, index) => marked.has(index + 1));
        this.#messages = this.#messages.filter((message) => !removed.includes(message));
        this.#onRemoved(removed.map((message) => message.uidl));
      },
      release: () => {
        if (!isReleased) this.#isHeld = false;
        isReleased = true;
      },
    };
  }
}

/**
 * Completes the last line. A message travels in whole lines, and the announced size must be the sent size. RFC 1939
 * §11.
 */
function withLastLineEnding(message: SampleMessage): SampleMessage {
  if (message.bytes.subarray(-2).toString('latin1') === '\r\n') return message;
  return { uidl: message.uidl, bytes: Buffer.concat([message.bytes, Buffer.from('\r\n')]) };
}
