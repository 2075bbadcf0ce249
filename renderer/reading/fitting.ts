/** The smallest that a body is made to fit, counted with its zoom: below it nobody could read it. */
const leastZoom = 0.6;

/** The factor for a body of so many CSS pixels in a box, at a zoom that was chosen. */
export function fitting(boxPx: number, bodyPx: number, zoom: number): number {
  if (bodyPx === 0 || boxPx === 0) return 1;
  return Math.min(1, Math.max(leastZoom / zoom, boxPx / (bodyPx * zoom)));
}
