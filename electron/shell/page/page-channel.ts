import type { MessagePortMain } from 'electron';
import type { EventName, Events } from '../../../shared/contract.ts';
import type { FromPage, Told, ToPage } from '../../../shared/page-channel.ts';
import type { Result } from '../../../shared/result.ts';

/** How a request ended: its answer, or why there is none. */
export type Outcome = Result<unknown, string>;

/**
 * Answers one request. `answered` writes to the page at once. Call it in the same step in which the answer is known:
 * behind a promise, a later event would reach the page first.
 */
export type Serve = (name: unknown, body: unknown, answered: (outcome: Outcome) => void) => void;

/**
 * The shell's end of one document's channel. Only this class numbers the messages to a page. The numbers begin anew
 * with each document. Answers that come after the document has gone are dropped.
 */
export class PageChannel {
  readonly #port: MessagePortMain;
  #lastNumber = 0;
  #isClosed = false;

  constructor(port: MessagePortMain, serve: Serve) {
    this.#port = port;
    port.on('message', ({ data }) => {
      if (!isRequest(data)) return;
      const { request, name, body } = data;
      serve(name, body, (outcome) =>
        this.#write(
          outcome.ok
            ? { kind: 'answer', request, value: outcome.value }
            : { kind: 'broken', request, reason: outcome.failure },
        ),
      );
    });
    port.on('close', () => {
      this.#isClosed = true;
    });
    port.start();
  }

  /** Tells the document of an event. */
  tell<Name extends EventName>(name: Name, payload: Events[Name]): void {
    this.#write({ kind: 'event', name, payload });
  }

  /** Closes the channel, because another document has taken this one's place. */
  close(): void {
    this.#isClosed = true;
    this.#port.close();
  }

  #write(told: Told): void {
    if (this.#isClosed) return;
    this.#lastNumber += 1;
    this.#port.postMessage({ ...told, number: this.#lastNumber } satisfies ToPage);
  }
}

/**
 * Checks the outer form only. A hostile page may send anything, so the contents are checked where the request is
 * answered.
 */
function isRequest(data: unknown): data is FromPage {
  return (
    typeof data === 'object' && data !== null && typeof (data as { request?: unknown }).request === 'number'
  );
}
