import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import type { ToPage } from '../../shared/page-channel.ts';

/** A port of the shell whose other end the test holds. */
export class FakePort extends EventEmitter implements MessagePortMain {
  /** What was written to the page. */
  readonly written: ToPage[] = [];
  /** Takes each message as it is written. */
  onWritten: (message: ToPage) => void = () => undefined;

  postMessage(message: ToPage): void {
    this.written.push(message);
    this.onWritten(message);
  }

  start(): void {
    // The test says something only when the shell listens.
  }

  close(): void {
    this.emit('close');
  }

  /** Says something as the page. */
  say(data: unknown): void {
    this.emit('message', { data });
  }
}
