import type { EventName, PoppyBridge } from '../shared/contract.ts';
import type { FromPage, ToPage } from '../shared/page-channel.ts';

type Waiting = { resolve(value: never): void; reject(error: Error): void };

/**
 * A document's end of its channel. It hands on answers and events in the order of their numbers. When a number is
 * missing or the port has closed, the document can no longer know what is true: it asks to be loaded again and takes
 * nothing more.
 */
export class PageEnd implements PoppyBridge {
  readonly #send: (message: FromPage) => void;
  readonly #onLost: () => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>();
  #lastRequest = 0;
  #lastNumber = 0;
  #isLost = false;

  /** `onLost` is called once, when the channel is lost. */
  constructor(send: (message: FromPage) => void, onLost: () => void) {
    this.#send = send;
    this.#onLost = onLost;
  }

  readonly request: PoppyBridge['request'] = (name, body) => {
    if (this.#isLost) return Promise.reject(lost());
    this.#lastRequest += 1;
    const request = this.#lastRequest;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.#send({ request, name, body });
    });
  };

  readonly on: PoppyBridge['on'] = (name, listener) => {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known);
    known.add(listener);
    return () => known.delete(listener);
  };

  /** Takes the next message of the port. */
  receive(message: ToPage): void {
    if (this.#isLost) return;
    if (message.number !== this.#lastNumber + 1) {
      this.lose();
      return;
    }
    this.#lastNumber = message.number;
    if (message.kind === 'event') {
      for (const listener of this.#listeners.get(message.name) ?? []) listener(message.payload as never);
      return;
    }
    const waiting = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.kind === 'answer') waiting?.resolve(message.value as never);
    else waiting?.reject(new Error(message.reason));
  }

  /** The port has closed. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#onLost();
    for (const waiting of this.#waiting.values()) waiting.reject(lost());
    this.#waiting.clear();
  }
}

function lost(): Error {
  return new Error('the channel to the program is lost');
}
