/** How many rows Page Up and Page Down go. */
const pageRows = 10;

/** Where a key takes the focus; null for a key that is none of the list's. */
export function targetOf(key: string, focus: number, total: number): number | null {
  const at = Math.max(0, focus);
  const to = {
    ArrowDown: focus + 1,
    ArrowUp: at - 1,
    PageDown: at + pageRows,
    PageUp: at - pageRows,
    Home: 0,
    End: total - 1,
  }[key];
  return to === undefined || total === 0 ? null : Math.max(0, Math.min(total - 1, to));
}
