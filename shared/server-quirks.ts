/**
 * What was learned about one server and is worth keeping for its next session: false means it does not work there,
 * true that it has worked, absent that it is not known. The store dates each fact; a false one is forgotten after a
 * day, so that the server is tried again.
 */
export type ServerQuirks = {
  /** CAPA is answered; false when the server hung up on it or never answered. */
  capa?: boolean;
  /** Several commands may be in flight. */
  pipelining?: boolean;
  /** UIDL is answered. */
  uidl?: boolean;
  /** UIDL with a number is answered in one line; undefined takes back what was known. */
  uidlOfOne?: boolean | undefined;
  top?: boolean;
  utf8?: boolean;
  last?: boolean;
  /**
   * SCRAM can be bound to the TLS connection; false where the server announces it and then cannot. Where it has worked,
   * a sign-in without it ends in `weaker-sign-in`. `undefined` takes back what was known, as for `scram`.
   */
  channelBinding?: boolean | undefined;
  /** AUTH takes an initial response. RFC 5034 §4. */
  initialResponse?: boolean;
  /** LOGIN-DELAY of its last CAPA: least seconds between two sign-ins; 0 where it names none. RFC 2449 §6.5. */
  loginDelaySeconds?: number;
  /** EXPIRE of its last CAPA: days for which it keeps mail; not known where it names none, or NEVER. RFC 2449 §6.7. */
  expireDays?: number | undefined;
  /**
   * SCRAM works; false where the server announces it and has no secrets for it. Never forgotten by itself: a check that
   * tried it again would be told of a wrong password. The account's test tries it again. Where it has worked, a way that
   * shows the password ends in `weaker-sign-in`.
   */
  scram?: boolean | undefined;
  /** Sessions in a row that broke off with several commands in flight, where that had worked before. */
  brokenPipelines?: number | undefined;
};

/** What was learned about one server, and when, milliseconds since the epoch. */
export type DatedQuirks = {
  readonly facts: ServerQuirks;
  /** When each fact became what it is; a fact from before dates were kept has none. */
  readonly since: Readonly<Partial<Record<keyof ServerQuirks, number>>>;
};

/** What does not work is tried again after this. A day. */
const badNewsLastsMs = 24 * 60 * 60 * 1000;

/**
 * What still counts of it: what does not work is forgotten after a day, but `scram`. A fact without a date is older than
 * the dates.
 */
export function currentQuirks({ facts, since }: DatedQuirks, nowMs: number): ServerQuirks {
  const isStale = (name: string, fact: unknown): boolean => {
    if (fact !== false || name === 'scram') return false;
    const learnedMs = since[name as keyof ServerQuirks] ?? 0;
    // A date in the future comes of a clock that was put back.
    return learnedMs > nowMs || nowMs - learnedMs >= badNewsLastsMs;
  };
  return Object.fromEntries(Object.entries(facts).filter(([name, fact]) => !isStale(name, fact)));
}

/** Adds what a session learned; a fact that stays as it was keeps its date, and undefined forgets one. */
export function withLearned(known: DatedQuirks, learned: Readonly<ServerQuirks>, nowMs: number): DatedQuirks {
  const current = currentQuirks(known, nowMs);
  const facts: ServerQuirks = { ...current, ...learned };
  const dates = Object.entries(facts)
    .filter(([, fact]) => fact !== undefined)
    .map(([name, fact]) => {
      const key = name as keyof ServerQuirks;
      return [key, current[key] === fact ? (known.since[key] ?? nowMs) : nowMs] as const;
    });
  return { facts, since: Object.fromEntries(dates) };
}
