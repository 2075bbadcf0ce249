import type { SearchProgress, SettingsSource } from '../../../shared/account-setup.ts';
import type { Probe } from './candidates.ts';

/** A server that has not greeted by then counts as silent. Milliseconds. */
export const probeDeadlineMs = 8_000;

/** The search goes on without a source that takes longer. Milliseconds. Servers are tried in two rounds. */
export const sourceTimeoutMs = 9_000;
const probingTimeoutMs = 2 * probeDeadlineMs + 2_000;

/** The running search: who is being asked, and how to ask with a limit. */
export type Search = {
  readonly signal: AbortSignal;
  readonly probe: Probe;
  /** Runs one source. Where it fails, hangs or is stopped, the answer is `otherwise`. */
  ask<Value>(
    source: SettingsSource,
    otherwise: Value,
    run: (signal: AbortSignal) => Promise<Value>,
    hasFound: (answer: Value) => boolean,
  ): Promise<Value>;
  /** Says that nobody is being asked any more. */
  end(): void;
};

/** Starts a search. `onProgress` is told whenever a source is asked or has answered. */
export function startSearch(
  signal: AbortSignal,
  onProgress: (progress: SearchProgress) => void,
  probe: Probe,
): Search {
  const looking: SettingsSource[] = [];
  const answered: SearchProgress['answered'][number][] = [];
  const tell = () => onProgress({ looking: [...looking], answered: [...answered] });
  return {
    signal,
    probe,
    ask: async (source, otherwise, run, hasFound) => {
      looking.push(source);
      tell();
      const timeoutMs = source === 'probe' ? probingTimeoutMs : sourceTimeoutMs;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      let answer = otherwise;
      try {
        answer = await Promise.race([run(limit), whenAborted(limit, otherwise)]);
      } catch {
        answer = otherwise; // one source less; the others go on
      }
      looking.splice(looking.indexOf(source), 1);
      answered.push({ source, hasFound: hasFound(answer) });
      if (!signal.aborted && looking.length > 0) tell();
      return answer;
    },
    end: () => {
      looking.length = 0;
      tell();
    },
  };
}

function whenAborted<Value>(signal: AbortSignal, value: Value): Promise<Value> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(value);
    signal.addEventListener('abort', () => resolve(value), { once: true });
  });
}
