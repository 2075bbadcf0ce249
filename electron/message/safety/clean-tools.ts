import type { FilterTools } from './css-filter.ts';
import type { ImageRule } from './css-value.ts';
import type { BodyLink, BodyWarning } from './safe-body.ts';

/** What cleaning needs, and whom it tells what it found. */
export type CleanTools = {
  readonly images: ImageRule;
  readonly countTracker: () => void;
  readonly addLink: (link: BodyLink) => void;
  readonly warn: (warning: BodyWarning) => void;
  /** Style attributes already filtered: newsletters repeat the same few hundreds of times. */
  readonly styles: Map<string, string>;
  readonly css: FilterTools;
  /** Whether the message is to look dark. */
  readonly isDark: boolean;
};
