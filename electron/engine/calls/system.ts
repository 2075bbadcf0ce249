import { networkInterfaces } from 'node:os';
import type { Answers, EngineParts } from '../engine-parts.ts';
import type { CheckScheduler } from '../scheduler.ts';
import type { ServerViews } from '../server-views.ts';
import { SystemWatch } from '../system-watch.ts';

type WatchedWork = {
  readonly scheduler: Pick<CheckScheduler, 'wake' | 'useNetwork'>;
  readonly downloads: Pick<EngineParts['downloads'], 'stop'>;
};

/**
 * Sleep, waking up and other networks: what they do to the work of the engine. `networks` lists the networks of this
 * computer, one text each.
 */
export function watchSystem(
  { scheduler, downloads }: WatchedWork,
  views: Pick<ServerViews, 'cut'>,
  networks: () => ReadonlySet<string> = systemNetworks,
): SystemWatch {
  /** Whoever holds a maildrop over a dead connection would keep the next check waiting. */
  const endSessions = () => {
    views.cut();
    void downloads.stop(null);
  };
  return new SystemWatch({
    now: Date.now,
    steadyNow: () => performance.now(),
    every: (ms, act) => {
      const timer = setInterval(act, ms).unref();
      return () => clearInterval(timer);
    },
    networks,
    onWoken: (asleepSince) => {
      endSessions();
      scheduler.wake(asleepSince);
    },
    onNetwork: ({ isLost }) => {
      if (isLost) endSessions();
      scheduler.useNetwork({ isLost });
    },
  });
}

/** What the system tells the shell, and the shell the engine. */
export function systemCalls(watch: SystemWatch): Answers<'system/suspended' | 'system/resumed'> {
  return {
    'system/suspended': () => {
      watch.suspended();
      return null;
    },
    'system/resumed': () => {
      watch.resumed();
      return null;
    },
  };
}

/** Of IPv6 only the network's half of the address counts: the other half is made anew now and then. */
function systemNetworks(): ReadonlySet<string> {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
      .map(({ family, address }) => `${name} ${family === 'IPv6' ? networkHalf(address) : address}`),
  );
  return new Set(found);
}

function networkHalf(address: string): string {
  const [front = '', back] = address.split('::');
  const groups = front.split(':');
  if (back === undefined) return groups.slice(0, 4).join(':');
  const rest = back === '' ? [] : back.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':');
}
