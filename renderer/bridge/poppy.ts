import type { PoppyBridge } from '../../shared/contract.ts';

declare global {
  interface Window {
    /** The preload script sets this. Only this file reads it. */
    readonly poppy: PoppyBridge;
  }
}

/** The program behind the page. */
export const poppy: PoppyBridge = window.poppy;
