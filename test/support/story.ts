import { test } from 'vitest';

/**
 * One test of named steps that build on one another, in one window. It ends with the first step that fails, whose
 * name the failure bears.
 */
export function story(name: string, steps: Readonly<Record<string, () => Promise<void>>>): void {
  test(name, async () => {
    for (const [step, go] of Object.entries(steps))
      try {
        await go();
      } catch (error) {
        if (error instanceof Error) error.message = `at "${step}": ${error.message}`;
        throw error;
      }
  });
}
