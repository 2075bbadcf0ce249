/** One line of the protocol log. */
export type TranscriptEntry = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly direction: 'client' | 'server' | 'note';
  /** What was said, cleaned; secrets never enter and bodies are summed up. */
  readonly text: string;
};

/** Stands in place of a secret wherever one was sent. */
export const redaction = '••••••';

/** Entries kept; enough for a session of several hundred messages, about 300 KB. */
const capacity = 4000;

const prefixes = { client: 'C: ', server: 'S: ', note: '-- ' };

/** The log of one session: a ring of its last entries, which can be watched live and written out. */
export class Transcript {
  readonly #ring: TranscriptEntry[] = [];
  #oldest = 0;
  readonly #listeners = new Set<(entry: TranscriptEntry) => void>();

  /** Adds one line. Only text without secrets may be given. */
  add(direction: TranscriptEntry['direction'], text: string): void {
    const entry = { at: Date.now(), direction, text };
    if (this.#ring.length < capacity) this.#ring.push(entry);
    else {
      this.#ring[this.#oldest] = entry;
      this.#oldest = (this.#oldest + 1) % capacity;
    }
    for (const listener of this.#listeners) listener(entry);
  }

  /** The entries kept, oldest first. */
  get entries(): readonly TranscriptEntry[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
  }

  /** Calls the listener for each new entry until the function returned is called. */
  onEntry(listener: (entry: TranscriptEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The whole log as text, one line for each entry, with the time in UTC. */
  toText(): string {
    return this.entries
      .map((entry) => `${new Date(entry.at).toISOString()} ${prefixes[entry.direction]}${entry.text}\n`)
      .join('');
  }
}

/** Writes a count of bytes with thousands parted by commas, as the log shows bodies. */
export function describeBytes(sizeBytes: number): string {
  let left = sizeBytes;
  let text = '';
  // By hand, because this is done for each message and a formatter takes longer than the message.
  for (; left >= 1000; left = Math.floor(left / 1000))
    text = `,${String(left % 1000).padStart(3, '0')}${text}`;
  return `… ${left}${text} bytes`;
}
