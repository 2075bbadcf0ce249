/**
 * Puts a text onto the clipboard. False where the system refused. The newer way is asked for as a permission, and this
 * program grants its pages none.
 */
export function copyText(text: string): boolean {
  const box = document.createElement('textarea');
  box.value = text;
  box.setAttribute('readonly', '');
  box.style.position = 'fixed';
  box.style.opacity = '0';
  const before = document.activeElement;
  // Within an open dialog, because nothing outside of it takes the focus.
  (before?.closest('[role=dialog]') ?? document.body).append(box);
  box.select();
  const isDone = document.execCommand('copy');
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return isDone;
}
