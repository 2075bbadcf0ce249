import { expect, test } from 'vitest';
import { fitting } from '../../renderer/reading/fitting.ts';

test('a body is drawn as much smaller as its pane is narrower, and never too small to be read', () => {
  expect({
    narrower: fitting(600, 400, 1),
    unknown: fitting(600, 0, 1),
    wider: fitting(450, 600, 1),
    zoomed: fitting(450, 600, 1.5),
    muchWider: fitting(450, 3000, 1),
    muchWiderAtTwice: fitting(450, 3000, 2),
  }).toEqual({
    narrower: 1,
    unknown: 1,
    wider: 0.75,
    zoomed: 0.5,
    muchWider: 0.6,
    muchWiderAtTwice: 0.3,
  });
});
