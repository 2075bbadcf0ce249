import type { DragEvent } from 'react';
import type { Selection } from '../../shared/message-list.ts';

let dragged: Selection | null = null;

/** Messages that are being dragged over the window; null while none are. */
export function draggedSelection(): Selection | null {
  return dragged;
}

/** Begins to drag messages; the text follows the pointer. */
export function beginDrag(event: DragEvent, selection: Selection, label: string): void {
  dragged = selection;
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
