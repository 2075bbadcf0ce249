/** A segment is sealed when it has grown to this; small enough to copy in a second, large enough to be few. */
export const sealAtBytes = 64 * 1024 * 1024;
