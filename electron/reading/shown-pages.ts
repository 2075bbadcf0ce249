import { randomBytes } from 'node:crypto';
import type { MessageId } from '../../shared/ids.ts';
import type { BodyLink } from '../message/safety/safe-body.ts';

/** Pages that can still be asked for. Older ones belong to messages that nobody looks at any more. */
const mostPages = 64;
/** Pictures of all pages together, in bytes. Beyond this the oldest pages with pictures go first. */
const mostPictureBytes = 64_000_000;

/** A page in the message scheme: a body, and what may be loaded beside it. */
export type Page = {
  readonly messageId: MessageId;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly links: readonly BodyLink[];
  /** Whether the page may show remote pictures. Without this no remote address is fetched for it. */
  readonly allowsRemote: boolean;
  /** Pictures made for this page alone, in order. */
  readonly pictures?: readonly Uint8Array[];
};

/** The pages that the window can ask for, each under a random token. */
export class ShownPages {
  readonly #pages = new Map<string, Page>();

  /** A token that nobody can guess. It is the host of the page's address. */
  newToken(): string {
    return randomBytes(20).toString('hex');
  }

  /** Puts a page up under its token. */
  put(token: string, page: Page): void {
    this.#pages.set(token, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    let pictureBytes = 0;
    for (const [other, { pictures = [] }] of [...this.#pages].reverse()) {
      for (const picture of pictures) pictureBytes += picture.length;
      if (pictures.length > 0 && pictureBytes > mostPictureBytes) this.#pages.delete(other);
    }
  }

  /** The page under a token. */
  find(token: string): Page | undefined {
    return this.#pages.get(token);
  }
}
