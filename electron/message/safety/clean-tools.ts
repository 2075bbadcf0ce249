import type { FilterTools } from './css-filter.ts';
import type { ImageRule } from './css-value.ts';
import type { BodyLink, BodyWarning } from './safe-body.ts';

/** What cleaning needs, and whom it tells what it found. */
export type CleanTools = {
  readonly images: ImageRule;
  /** Addresses of links: where a link leads, written so that a browser gives it back unchanged; null for nowhere. */
  readonly linkAddress: (href: string) => string | null;
  /** Names of places in the document that links of the document lead to. */
  readonly goals: ReadonlySet<string>;
  /** Told of each picture that is drawn where a person can see it. */
  readonly noteDrawn: (address: string) => void;
  readonly countTracker: () => void;
  readonly addLink: (link: BodyLink) => void;
  readonly warn: (warning: BodyWarning) => void;
  /** Style attributes already filtered: newsletters repeat the same few hundreds of times. */
  readonly styles: Map<string, string>;
  readonly css: FilterTools;
  /** Whether the message is to look dark. */
  readonly isDark: boolean;
};
