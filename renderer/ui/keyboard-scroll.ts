/**
 * A ref for a box of text that scrolls: it takes the focus while there is more of it than fits, so that the keys scroll
 * it too. Boxes with controls in them scroll with those.
 */
export function scrollsByKeys(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const look = () => {
    if (box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  };
  const observer = new ResizeObserver(look);
  observer.observe(box);
  return () => observer.disconnect();
}
