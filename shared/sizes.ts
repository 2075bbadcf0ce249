/** Bytes of a megabyte, as sizes are shown and limits are chosen. */
export const megabyte = 1_000_000;
