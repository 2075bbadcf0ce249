import type { UnreadableWhy } from '../../../shared/failure.ts';

/** A file cannot be shown, for a reason that is said in the person's language. */
export class Unreadable extends Error {
  readonly why: UnreadableWhy;

  constructor(why: UnreadableWhy, message: string) {
    super(message);
    this.name = 'Unreadable';
    this.why = why;
  }
}
