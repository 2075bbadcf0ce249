/** Longest status line or banner line, bytes; the longest seen in the wild are below 2 KiB. */
export const statusLineLimitBytes = 64 * 1024;

/** Longest reply to CAPA, bytes; real ones are below 1 KiB. */
export const capabilitiesLimitBytes = 16 * 1024;

/** Most entries in one LIST or UIDL reply; a maildrop of this size takes days to fetch. */
export const listingLimitLines = 2_000_000;

/** Longest line of one LIST or UIDL reply, bytes; RFC 1939 allows 512. */
export const listingLineLimitBytes = 8 * 1024;

/** Longest id taken from UIDL, characters; RFC 1939 allows 70, some servers give more. */
export const uidlLimitCharacters = 1024;

/** Longest base64 challenge of an AUTH exchange, bytes; RFC 5034 leaves it open, tokens' errors are below 4 KiB. */
export const challengeLimitBytes = 64 * 1024;

/** Most exchanges in one AUTH; SCRAM has three, so more means a server that goes round in circles. */
export const challengeLimitCount = 10;

/** Longest reply to TOP kept in memory, bytes. */
export const topLimitBytes = 16 * 1024 * 1024;

/** Longest reply to LANG kept in memory, bytes. */
export const languageLimitBytes = 64 * 1024;

/** Lines that may come before the first status; some servers send a legal notice. */
export const bannerLimitLines = 20;

/** Empty lines that may come before a status; a few servers end a message with one too many. */
export const blankLimitLines = 3;

/** Longest command line that every server takes, bytes with CRLF. RFC 2449 §4. */
export const commandLimitBytes = 255;

/** Commands in flight at once. More gains nothing on a 50 ms line; fewer means a write, and a wait, more often. */
export const windowCommands = 512;

/** Commands in flight before the first answers: where a server refuses everything, more would be refused in vain. */
export const firstWindowCommands = 8;

/** Bytes of commands in flight at once: what even old systems hold for a socket whose program does not read. */
export const windowBytes = 8192;

/** Server words kept for a person, characters. */
export const serverTextLimit = 512;
