import type { Page } from 'playwright';

/** Makes every text on screen 40 % longer, as other languages do, with letters that are in none of them. */
export async function lengthen(window: Page): Promise<void> {
  await window.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      if (/\p{L}{2}/u.test(text) && !text.includes('ø'))
        node.nodeValue = text + ' øøøø'.repeat(Math.ceil((text.length * 0.4) / 5));
    }
  });
}

/**
 * Texts that somebody cannot read, and controls that lie over one another: words cut off without dots and without a
 * way to scroll to them, words that stick out of their button or of the window, buttons that overlap.
 */
export function unreadable(window: Page): Promise<readonly string[]> {
  return window.evaluate(() => {
    const slack = 1.5;
    const found: string[] = [];
    const isHidden = (element: Element) =>
      element.closest('.only-read-out,[aria-hidden=true],.toasts') !== null ||
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) === false ||
      element.getBoundingClientRect().width <= 1;
    const clips = (style: CSSStyleDeclaration, way: string) =>
      way === 'hidden' || way === 'clip' || /paint|strict|content/.test(style.contain);
    const cutOff = (element: Element, box: DOMRect): string | null => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const style = getComputedStyle(at);
        const frame = at.getBoundingClientRect();
        const isWide = box.right > frame.right + slack || box.left < frame.left - slack;
        const isHigh = box.bottom > frame.bottom + slack || box.top < frame.top - slack;
        if (isWide && style.textOverflow === 'ellipsis') return null;
        if (at.matches('button,[role=button],[role=tab]') && (isWide || isHigh)) return 'sticks out of';
        // What can be scrolled to can be read.
        if (isWide && /auto|scroll/.test(style.overflowX)) return null;
        if (isHigh && /auto|scroll/.test(style.overflowY)) return null;
        if (isWide && clips(style, style.overflowX)) return 'is cut off in width by';
        if (isHigh && clips(style, style.overflowY)) return 'is cut off in height by';
      }
      return box.right > innerWidth + slack || box.left < -slack ? 'leaves' : null;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || (node.nodeValue ?? '').trim() === '' || isHidden(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      const how = boxes.map((box) => cutOff(element, box)).find((one) => one !== null);
      if (how !== undefined)
        found.push(`${node.nodeValue?.trim().slice(0, 40)} ${how} its frame (${element.className})`);
    }
    /** What is in sight of a control, between all that scrolls or cuts off around it. */
    const seen = (control: Element) => {
      let { left, right, top, bottom } = control.getBoundingClientRect();
      for (let at = control.parentElement; at !== null; at = at.parentElement) {
        if (getComputedStyle(at).overflow === 'visible') continue;
        const frame = at.getBoundingClientRect();
        left = Math.max(left, frame.left);
        right = Math.min(right, frame.right);
        top = Math.max(top, frame.top);
        bottom = Math.min(bottom, frame.bottom);
      }
      return { left, right, top, bottom };
    };
    /** What sticks to an edge lies over what can be scrolled from under it. */
    const isSticky = (control: Element) => {
      for (let at: Element | null = control; at !== null; at = at.parentElement)
        if (getComputedStyle(at).position === 'sticky') return true;
      return false;
    };
    const stage = document.querySelector('[role=dialog],[role=alertdialog]') ?? document;
    const controls = [...stage.querySelectorAll('button,input,[role=switch],[role=tab]')].filter(
      (control) => !isHidden(control) && control.closest('.row') === null && !isSticky(control),
    );
    for (const [index, one] of controls.entries())
      for (const other of controls.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const [a, b] = [seen(one), seen(other)];
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 3 && height > 3)
          found.push(`${one.ariaLabel ?? one.textContent} lies over ${other.ariaLabel ?? other.textContent}`);
      }
    return found;
  });
}
