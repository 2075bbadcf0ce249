import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every violation of what axe knows about accessibility, as `rule: element`. */
export async function violations(window: Page): Promise<readonly string[]> {
  if (!(await window.evaluate(() => 'axe' in globalThis))) await window.evaluate(source);
  await settle(window);
  return window.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          context: Document,
          options: object,
        ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    // The body of a message is a stranger's page; it is in a frame of its own that scripts cannot enter.
    // The style sheets would be fetched once more for a rule that is only tried out and is not on.
    const found = await axe.run(document, { resultTypes: ['violations'], iframes: false, preload: false });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
    );
  });
}

/** Waits for what fades or glides: half way, its colours are not those that are meant. */
async function settle(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
