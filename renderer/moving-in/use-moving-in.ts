import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { MovingInReport } from '../../shared/moving-in.ts';
import type { Result } from '../../shared/result.ts';
import { poppy } from '../bridge/poppy.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';

/** Where a person is on the way in. */
export type MovingInStep =
  | { readonly kind: 'choosing'; readonly failure: Failure | null }
  | { readonly kind: 'looking' | 'coming'; readonly part: number | null }
  | { readonly kind: 'plan' | 'done'; readonly report: MovingInReport };

/** Mail of other programs on its way in: the step, and what leads on. */
export type MovingInWay = {
  readonly step: MovingInStep;
  /** Looks at one of the found places. */
  readonly look: (index: number) => void;
  /** Lets the person choose files or a folder, and looks at them. */
  readonly choose: (source: 'files' | 'folder') => void;
  readonly start: () => void;
  readonly stop: () => void;
  readonly back: () => void;
};

const choosing: MovingInStep = { kind: 'choosing', failure: null };

/** Keeps the way from choosing to the report. */
export function useMovingIn(): MovingInWay {
  const [step, setStep] = useState<MovingInStep>(choosing);
  usePoppyEvent('storage/progress', ({ task, done, total }) => {
    if (task !== 'moving-in') return;
    const part = total === 0 ? null : done / total;
    setStep((before) =>
      before.kind === 'looking' || before.kind === 'coming' ? { ...before, part } : before,
    );
  });
  const go = async (
    through: 'looking' | 'coming',
    asked: Promise<Result<MovingInReport | null, Failure>>,
  ) => {
    setStep({ kind: through, part: null });
    const outcome = await asked;
    if (!outcome.ok) setStep({ kind: 'choosing', failure: outcome.failure });
    else if (outcome.value === null || (through === 'looking' && outcome.value.isStopped)) setStep(choosing);
    else setStep({ kind: through === 'looking' ? 'plan' : 'done', report: outcome.value });
  };
  return {
    step,
    look: (index) => void go('looking', poppy.request('moving-in/look', { index })),
    choose: (source) => void go('looking', poppy.request('moving-in/choose', { source })),
    start: () => void go('coming', poppy.request('moving-in/start', {})),
    stop: () => void poppy.request('moving-in/stop', {}),
    back: () => setStep(choosing),
  };
}
