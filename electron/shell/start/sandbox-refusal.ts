/** What is known of the start that decides whether the program may run. */
export type Start = {
  readonly isPackaged: boolean;
  /** The user's number; undefined where the system has none (Windows). */
  readonly userNumber: number | undefined;
  readonly hasSwitch: (name: string) => boolean;
};

/** Chromium's switches that take the sandbox, or a part of it, from the processes that show strangers' mail. */
const openingSwitches = [
  'no-sandbox',
  'no-zygote-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-gpu-sandbox',
  'allow-sandbox-debugging',
  'single-process',
  'in-process-gpu',
] as const;

/** Chromium's switches that let another program of this computer read the pages, or take a part in them. */
const exposingSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'load-extension',
  'disable-web-security',
  'browser-subprocess-path',
  'renderer-cmd-prefix',
] as const;

/** Whether the pages of this start have a sandbox, and all of it. */
export function hasWholeSandbox(hasSwitch: Start['hasSwitch']): boolean {
  return !openingSwitches.some(hasSwitch);
}

/**
 * The switch for which a packaged program refuses to start; null where it may. Only root may say that there is no
 * sandbox: Chromium has none for root. Whoever can write a shortcut must not take it from everybody else. Electron makes
 * a switch of ELECTRON_DISABLE_SANDBOX too.
 */
export function refusedSwitch({ isPackaged, userNumber, hasSwitch }: Start): string | null {
  if (!isPackaged || userNumber === 0) return null;
  return [...openingSwitches, ...exposingSwitches].find(hasSwitch) ?? null;
}
