import { fixedSteps, type Mechanism, sendable } from './mechanism.ts';

/**
 * LOGIN: the name, then the password. It has no standard; servers word their two prompts as they like, some in their
 * own language, so that only their order counts.
 */
export function login(user: string, password: string): Mechanism {
  const answers = [sendable('user', user), sendable('password', password)];
  return fixedSteps(
    'LOGIN',
    false,
    answers.map((answer) => () => answer),
  );
}
