/** How long each wait may last, milliseconds. */
export type Pop3Timeouts = {
  /** One deadline for name look-up, connecting and TLS. */
  readonly connectMs: number;
  /** Silence after connecting before it is called "not POP3"; busy servers greet late. */
  readonly silenceMs: number;
  /** Silence before CAPA is given up and tried without. */
  readonly capabilitiesMs: number;
  /** Silence before the reply to any other command: PASS, LIST and UIDL of a large maildrop, QUIT that writes it anew. */
  readonly replyMs: number;
  /** Silence with several commands in flight, where the server has not shown that it understands that. */
  readonly pipelineTrialMs: number;
  /** Silence before the first byte of a message: virus scanners read it whole first. */
  readonly firstByteMs: number;
  /** Silence within a message or listing. */
  readonly idleMs: number;
  /** Silence of one message while others wait, where this server has begun others promptly. */
  readonly patienceMs: number;
  /** How soon a message must begin to count as prompt. */
  readonly promptMs: number;
  /** Silence after what may be a damaged end of a message, see the idle-tail rule. */
  readonly tailMs: number;
};

/** Silence on port 995 without TLS: a server there waits for TLS to begin. Milliseconds. */
export const silenceOnTlsPortMs = 5_000;

/** The waits used when the caller names none. */
export const defaultTimeouts: Pop3Timeouts = {
  connectMs: 30_000,
  silenceMs: 60_000,
  capabilitiesMs: 30_000,
  replyMs: 180_000,
  pipelineTrialMs: 10_000,
  firstByteMs: 120_000,
  idleMs: 120_000,
  patienceMs: 20_000,
  promptMs: 5_000,
  tailMs: 10_000,
};
