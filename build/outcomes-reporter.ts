import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';
import type { Outcome } from './test-outcomes.mjs';

/** Writes the outcomes of a run as JSON to the file that POPPY_OUTCOMES names, for build/test.mjs. */
export default class OutcomesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const outcomes: Outcome[] = modules.flatMap(outcomesOf);
    if (unhandled.length > 0)
      outcomes.push({ file: 'no file', title: 'an error that nothing caught', errors: unhandled.map(words) });
    writeFileSync(process.env.POPPY_OUTCOMES ?? '', JSON.stringify(outcomes));
  }
}

function outcomesOf(module: TestModule): readonly Outcome[] {
  const file = module.relativeModuleId;
  const outcomes: Outcome[] = [];
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    // Skipped ones are neither: where a preparation failed, that is told below.
    if (state === 'passed') outcomes.push({ file, title: test.fullName, errors: [] });
    else if (state === 'failed') outcomes.push({ file, title: test.fullName, errors: errors.map(words) });
  }
  for (const part of [module, ...module.children.allSuites()]) {
    const errors = part.errors().map(words);
    if (errors.length > 0) outcomes.push({ file, title: 'outside of its tests', errors });
  }
  return outcomes;
}

/** Message, what differs, and the place in our own code. */
function words({ message, diff, stack }: SerializedError): string {
  const place = stack?.split('\n').find((line) => line.includes(join(process.cwd(), '/'))) ?? '';
  const all = [message, diff ?? '', place.trim()].filter((text) => text !== '').join('\n');
  return stripVTControlCharacters(all).replaceAll(join(process.cwd(), '/'), '');
}
