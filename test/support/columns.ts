import type { Locator, Page } from 'playwright';

/** Width of each column in sight, by its key, as head and rows agree on it. */
export async function columnWidths(window: Page): Promise<Record<string, number>> {
  return window.locator('[role=grid]').evaluate((grid) => {
    const row = grid.querySelector('.row[aria-selected]');
    const heads = [...grid.querySelectorAll<HTMLElement>('[role=columnheader]')];
    return Object.fromEntries(
      heads.flatMap((head, index) => {
        const own = head.getBoundingClientRect();
        const below = row?.children[index]?.getBoundingClientRect();
        if (head.dataset.column === undefined || own.width === 0) return [];
        const agree =
          Math.abs(own.left - (below?.left ?? -1)) < 1 && Math.abs(own.width - (below?.width ?? -1)) < 1;
        return [[head.dataset.column, agree ? Math.round(own.width) : Number.NaN]];
      }),
    );
  });
}

/** The edge between a column, named by its words, and the next. */
export function columnEdge(window: Page, column: string): Locator {
  return window.getByRole('separator', { name: `Width of the column “${column}”`, exact: true });
}

/** Drags the edge of a column sideways. */
export async function dragColumn(window: Page, column: string, by: number): Promise<void> {
  const box = await columnEdge(window, column).boundingBox();
  if (box === null) throw new Error(`no edge of ${column}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await window.mouse.move(x, y);
  await window.mouse.down();
  await window.mouse.move(x + by / 2, y);
  await window.mouse.move(x + by, y);
  await window.mouse.up();
}
