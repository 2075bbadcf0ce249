import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { poppy } from '../bridge/poppy.ts';
import { fitting } from './fitting.ts';

/** After the pane was given another width. */
const settleMs = 150;
/** A body that is always wider than its frame would be made smaller for ever. */
const mostRounds = 4;

/** How much smaller a body is drawn so that it fits the width of its pane. */
export type Fit = {
  /** 1 where it fits by itself. */
  readonly factor: number;
  /** Ref for the box around the frame. */
  readonly box: (element: HTMLElement | null) => (() => void) | undefined;
  /** To be called when the frame has loaded. */
  readonly measure: () => void;
};

/**
 * Fits bodies that are wider than their pane, as newsletters with tables of a fixed width are. `name` stands for the
 * body: its width is measured anew for another one.
 */
export function useFit(
  frame: RefObject<HTMLIFrameElement | null>,
  name: string,
  url: string,
  zoom: number,
): Fit {
  const [boxPx, setBoxPx] = useState(0);
  const [measured, setMeasured] = useState({ name, bodyPx: 0, rounds: 0 });
  const bodyPx = measured.name === name ? measured.bodyPx : 0;
  const box = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setBoxPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const page = url.split('#')[0] ?? '';
  const loaded = useRef('');
  const ask = async () => {
    // A frame that is asked while its page is on its way may never get it.
    if (loaded.current !== page) return;
    const { content, visible } = await poppy.request('reading/width', { url: page });
    const frameWidth = frame.current?.clientWidth ?? 0;
    // A fraction of a pixel too much is what rounding leaves.
    if (content <= visible + 1 || visible === 0 || frameWidth === 0) return;
    const scrollbar = Math.max(0, frameWidth - visible);
    setMeasured((before) => {
      const known = before.name === name ? before : { bodyPx: 0, rounds: 0 };
      if (known.rounds === mostRounds) return before;
      return { name, bodyPx: Math.max(known.bodyPx, content + scrollbar), rounds: known.rounds + 1 };
    });
  };
  const askNow = useRef(ask);
  askNow.current = ask;
  const pageNow = useRef(page);
  pageNow.current = page;
  const measure = useCallback(() => void askNow.current(), []);
  const measureLoaded = useCallback(() => {
    loaded.current = pageNow.current;
    measure();
  }, [measure]);
  // What fitted may fit no longer; what is being fitted may need more once it has the room that it asked for.
  const width = `${boxPx} ${bodyPx} ${zoom}`;
  useEffect(() => {
    if (width.startsWith('0 ')) return undefined;
    const timer = setTimeout(measure, settleMs);
    return () => clearTimeout(timer);
  }, [width, measure]);
  return { factor: fitting(boxPx, bodyPx, zoom), box, measure: measureLoaded };
}
