import { describe, expect, test } from 'vitest';
import { isAtEnd } from '../../electron/shell/page/page-message.ts';

const layout = (pageY: number, height: number) => ({
  cssLayoutViewport: { pageY, clientHeight: 500 },
  cssContentSize: { height },
});

describe('the end of a body', () => {
  test('is where nothing is left in that direction, give or take a fraction of a pixel', () => {
    const places = {
      'at the top': layout(0, 1200),
      between: layout(300, 1200),
      'at the end': layout(698.6, 1200),
      short: layout(0, 500),
    };
    const ends = Object.entries(places).map(([name, place]) => [
      name,
      isAtEnd(place, true),
      isAtEnd(place, false),
    ]);
    expect(ends).toEqual([
      ['at the top', false, true],
      ['between', false, false],
      ['at the end', true, false],
      ['short', true, true],
    ]);
  });
});
