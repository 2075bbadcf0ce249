/* Lengths of time in milliseconds. */

/** One second. */
export const secondMs = 1000;

/** 60 seconds. */
export const minuteMs = 60 * secondMs;

/** 24 hours, whatever the clock does in spring and autumn. */
export const dayMs = 24 * 60 * minuteMs;
