/** Panes in the order that F6 goes through them. */
const order = ['toolbar', 'places', 'list', 'reading', 'status'] as const;

/** Moves the focus to the next pane, or the one before. */
export function goToPane(step: 1 | -1): void {
  const panes = order
    .map((name) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`))
    .filter((pane) => pane !== null);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + step + panes.length) % panes.length];
  if (next === undefined) return;
  // Lists have the keys, whatever stands above them; in the settings the pages come first.
  if (next.getAttribute('role') === 'grid') next.focus();
  else
    (
      next.querySelector<HTMLElement>('[role="grid"]') ??
      next.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ??
      next.querySelector<HTMLElement>('[aria-current="page"]') ??
      next.querySelector<HTMLElement>('button:not([disabled]),[tabindex="0"],input') ??
      next
    ).focus();
}

/** Brings the focus to the list, where the keys of the mailbox live. */
export function focusList(): void {
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
}
