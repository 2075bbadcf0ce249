/*
 * How long random histories are made up, and which. A failure names its seed and path: MODEL_SEED and MODEL_PATH run it
 * again. MODEL_SECONDS and MODEL_HISTORIES make the test longer.
 */

const fromSurroundings = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

/** A seed with a history that breaks a promise still, so that the expected failure is found each time. */
const openFault = 5;

export const seed = fromSurroundings('MODEL_SEED', openFault);
/** Where in its seed a history lies, as a failure says; empty for all of them. */
export const path = process.env.MODEL_PATH ?? '';
export const seconds = fromSurroundings('MODEL_SECONDS', 5);
export const mostHistories = fromSurroundings('MODEL_HISTORIES', Number.POSITIVE_INFINITY);
/** On a busy machine the time may be over sooner. */
export const leastHistories = seconds >= 45 ? Math.min(1000, mostHistories) : 0;
