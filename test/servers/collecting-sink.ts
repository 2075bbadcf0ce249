import type { RetrievalSink } from '../../electron/pop3/maildrop/retrieval-sink.ts';

/** A sink that keeps everything, and tells it in words that a test can compare. */
export class CollectingSink implements RetrievalSink {
  #pieces: Uint8Array[] = [];
  readonly events: string[] = [];
  readonly messages = new Map<number, Buffer>();

  begin(number: number): void {
    this.#pieces = [];
    this.events.push(`begin ${number}`);
  }

  chunk(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  end(outcome: { number: number; sizeBytes: number; doubtful: boolean }): void {
    const message = Buffer.concat(this.#pieces);
    this.messages.set(outcome.number, message);
    const size = message.length === outcome.sizeBytes ? '' : `, but said ${outcome.sizeBytes} bytes`;
    this.events.push(`${outcome.doubtful ? 'doubtful' : 'end'} ${outcome.number}${size}`);
  }

  refused(number: number, failure: { kind: string }): void {
    this.events.push(`refused ${number} ${failure.kind}`);
  }

  lost(number: number): void {
    this.events.push(`lost ${number}`);
  }

  doubt(numbers: readonly number[]): void {
    this.events.push(`doubt ${numbers.join(',')}`);
  }

  /** One message as text, byte for character. */
  text(number: number): string | undefined {
    return this.messages.get(number)?.toString('latin1');
  }
}
