import type { DragEvent } from 'react';
import type { FolderId } from '../../shared/folder.ts';
import type { Selection } from '../../shared/message-list.ts';

/** What is being dragged over the window. */
export type Dragged =
  | { readonly kind: 'messages'; readonly selection: Selection }
  | { readonly kind: 'folder'; readonly id: FolderId };

let dragged: Dragged | null = null;

/** Messages or a folder that are being dragged over the window; null while none are. */
export function draggedNow(): Dragged | null {
  return dragged;
}

/** Begins to drag something; the text follows the pointer. */
export function beginDrag(event: DragEvent, what: Dragged, label: string): void {
  dragged = what;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', label);
  const ghost = document.createElement('div');
  ghost.className = 'drag-ghost';
  ghost.textContent = label;
  document.body.append(ghost);
  event.dataTransfer.setDragImage(ghost, -12, -8);
  // The browser takes its picture after this event; only then may the ghost go.
  requestAnimationFrame(() => ghost.remove());
}

/** Ends a drag, wherever it was let go. */
export function endDrag(): void {
  dragged = null;
}
