/** A command as it goes out and as the log shows it; they differ where a secret is in it. */
export type CommandLine = {
  readonly wire: string;
  readonly shown: string;
  /** The part left out, to be hidden also where the server repeats it. */
  readonly secret?: string;
};

/** A command without secrets. */
export function plainCommand(text: string): CommandLine {
  return { wire: text, shown: text };
}
