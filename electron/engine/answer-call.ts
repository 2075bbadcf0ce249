import type { Answers } from './engine-parts.ts';
import type { LogMistake } from './mistake-log.ts';
import type { EngineCallName, FromEngine, ToEngine } from './protocol.ts';

/**
 * Answers one call. An answer that is known at once is said in the same step: an event that followed from a later
 * change could otherwise be said before the older state. A mistake in a call is logged and told by its reference.
 */
export function answerCall(
  answers: Answers<EngineCallName>,
  { call, name, body }: ToEngine,
  say: (message: FromEngine) => void,
  logMistake: LogMistake,
): void {
  const answered = (value: unknown) => say({ kind: 'answer', call, value });
  const broken = (error: unknown) =>
    say({ kind: 'broken', call, reference: logMistake(new Error(`${name} failed`, { cause: error })) });
  try {
    const answer = (answers[name] as (body: unknown) => unknown)(body);
    if (answer instanceof Promise) answer.then(answered, broken);
    else answered(answer);
  } catch (error) {
    broken(error);
  }
}
