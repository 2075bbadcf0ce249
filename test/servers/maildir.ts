import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The user and group a Maildir must belong to, when the test itself runs as root. */
export type Owner = { readonly uid: number; readonly gid: number };

/** How many bytes the message has on the wire, where each bare LF becomes CRLF. */
function wireSize(message: Uint8Array): number {
  let size = message.length;
  for (let at = message.indexOf(10); at !== -1; at = message.indexOf(10, at + 1))
    if (message[at - 1] !== 13) size += 1;
  return size;
}

/**
 * A Maildir that a mail server reads: `cur`, `new` and `tmp` below the folder. Files go straight to `cur` and carry
 * their sizes in their names, so that a server need not open 100,000 files for one STAT.
 */
export class Maildir {
  readonly folder: string;
  #count = 0;

  constructor(folder: string, owner?: Owner) {
    this.folder = folder;
    for (const part of ['', 'cur', 'new', 'tmp']) {
      const path = join(folder, part);
      mkdirSync(path, { recursive: true });
      // Whoever owns the folder can rename and delete in it; the files need only be readable.
      if (owner !== undefined) chownSync(path, owner.uid, owner.gid);
    }
  }

  /** Adds one message after all others and returns its path. Lines may end in CRLF or LF. */
  add(message: Uint8Array | string): string {
    this.#count += 1;
    const bytes = typeof message === 'string' ? Buffer.from(message) : message;
    const order = String(1_600_000_000 + this.#count);
    const name = `${order}.M1P1.test,S=${bytes.length},W=${wireSize(bytes)}:2,`;
    const path = join(this.folder, 'cur', name);
    writeFileSync(path, bytes, { mode: 0o644 });
    return path;
  }

  /** Adds many messages in their order. */
  fill(messages: Iterable<Uint8Array | string>): void {
    for (const message of messages) this.add(message);
  }
}
