/**
 * What was learned about one server and is worth keeping for its next session: false means it does not work there,
 * true that it does, absent that it is not known.
 */
export type ServerQuirks = {
  /** CAPA is answered; false when the server hung up on it or never answered. */
  capa?: boolean;
  /** Several commands may be in flight. */
  pipelining?: boolean;
  uidl?: boolean;
  /** UIDL with a number is answered in one line; undefined takes back what was known. */
  uidlOfOne?: boolean | undefined;
  top?: boolean;
  utf8?: boolean;
  last?: boolean;
  /** SCRAM can be bound to the TLS connection; false where the server announces it and then cannot. */
  channelBinding?: boolean;
  /** AUTH takes an initial response. RFC 5034 §4. */
  initialResponse?: boolean;
  /** LOGIN-DELAY of its last CAPA: least seconds between two sign-ins; 0 where it names none. RFC 2449 §6.5. */
  loginDelaySeconds?: number;
  /** Listings in a row that have what the server said it had deleted. */
  keptDeletions?: number;
};
