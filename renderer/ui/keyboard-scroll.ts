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
  look();
  // What comes later may make more of a box that keeps its size.
  const size = new ResizeObserver(look);
  const content = new MutationObserver(look);
  size.observe(box);
  content.observe(box, { childList: true, characterData: true, subtree: true });
  return () => {
    size.disconnect();
    content.disconnect();
  };
}
