import { stat } from 'node:fs/promises';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import type { MessageFile } from '../message/bytes/byte-source.ts';

/** Each opened file and each opened nested message is one. The oldest are forgotten beyond this number. */
const mostFiles = 500;
/** Ids of files begin here, far above any row of the index. */
const firstFileId = 2 ** 52;

/** A message file that the person opened. */
export type OpenedFile = MessageFile & {
  /** When the file last changed, ms since the epoch. */
  readonly changedAt: number;
  /** The character set that the person chose, or null. */
  readonly charset: string | null;
};

/** Messages that are files and not in the store. Their ids hold until the program ends. */
export class OpenedFiles {
  readonly #files = new Map<MessageId, OpenedFile>();
  #nextId = firstFileId;

  /** Adds a file and answers its id. Fails with `not-found` where the path names no file. */
  async add(path: string): Promise<Result<MessageId, Failure>> {
    const known = await stat(path).catch(() => null);
    if (known === null || !known.isFile()) return failed({ kind: 'not-found', canRetry: false });
    const id = this.#nextId as MessageId;
    this.#nextId += 1;
    this.#files.set(id, { path, offset: 0, length: known.size, changedAt: known.mtimeMs, charset: null });
    const [oldest] = this.#files.keys();
    if (this.#files.size > mostFiles && oldest !== undefined) this.#files.delete(oldest);
    return ok(id);
  }

  /** Whether an id is that of a file, also of one that has been forgotten. */
  isFile(id: MessageId): boolean {
    return id >= firstFileId;
  }

  /** The file with this id. */
  find(id: MessageId): OpenedFile | undefined {
    return this.#files.get(id);
  }

  /** Remembers the character set that the person chose for a file; null takes the choice back. */
  chooseCharset(id: MessageId, charset: string | null): void {
    const file = this.#files.get(id);
    if (file !== undefined) this.#files.set(id, { ...file, charset });
  }
}
