import type { PoppyBridge } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script; this file is the only one that reads it. */
    readonly poppy: PoppyBridge;
  }
}

/** The program behind the page. */
export const poppy: PoppyBridge = window.poppy;
