import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/*
 * The style sheets of the window. A room styles what is its own: the classes its selectors begin with are named by no
 * other room, and what it says of a control of ui/ it says inside a class of its own. Sizes are steps of ui/scale.css.
 */

const top = resolve(import.meta.dirname, '../../renderer');
const files = readdirSync(top, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(top, join(entry.parentPath, entry.name)));
const sheets = files.filter((file) => file.endsWith('.css'));
const roomOf = (file: string) => file.split('/')[0] ?? '';
const read = (file: string) => readFileSync(join(top, file), 'utf8');
const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** The selectors of a sheet, one by one; those of keyframes are none. */
function selectorsOf(file: string): string[] {
  const css = withoutComments(read(file)).replace(/@keyframes[^{]+\{(?:[^{}]*\{[^}]*\})*\s*\}/g, '');
  return [...css.matchAll(/([^{};]+)\{/g)]
    .map(([, selector = '']) => selector.trim())
    .filter((selector) => !selector.startsWith('@'))
    .flatMap((selector) => selector.split(/,(?![^(]*\))/))
    .map((selector) => selector.trim());
}

/** The classes of a selector in order; `is-` states belong to whatever has them. */
function classesOf(selector: string): string[] {
  return [...selector.matchAll(/\.([a-z][\w-]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('is-'));
}

const firstOf = (selector: string) => classesOf(selector.replace(/:has\([^)]*\)/g, ''))[0];

/** The rooms whose sheets name each class, and those in which it begins a selector. */
function owners() {
  const named = new Map<string, Set<string>>();
  const begun = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, name: string, room: string) =>
    map.set(name, (map.get(name) ?? new Set()).add(room));
  for (const file of sheets)
    for (const selector of selectorsOf(file)) {
      for (const name of classesOf(selector)) add(named, name, roomOf(file));
      const first = firstOf(selector);
      if (first !== undefined) add(begun, first, roomOf(file));
    }
  return { named, begun };
}

/** Words in the strings of what a component gives as its classes. */
function usedBy(file: string): string[] {
  const given = read(file).matchAll(/className(?:=|: )(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\}|('[^']*'))/g);
  return [...given].flatMap(([, plain, code, single]) => {
    const strings = [...(code ?? single ?? '').matchAll(/(?<!=== )'([^']*)'|`([^`]*)`/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    return [plain ?? '', ...strings]
      .flatMap((text) => text.split(/\s+/))
      .filter((word) => /^[a-z][\w-]*$/.test(word));
  });
}

describe('the style sheets', () => {
  test('are all in the one list that gives their order', () => {
    const listed = [...read('app/styles.css').matchAll(/@import "([^"]+)"/g)].map(([, path = '']) =>
      relative(top, resolve(top, 'app', path)),
    );
    expect(listed.sort()).toEqual(sheets.filter((file) => file !== 'app/styles.css').sort());
  });

  test('style what is of their own room', () => {
    const { named, begun } = owners();
    const several = [...begun].filter(([, rooms]) => rooms.size > 1).map(([name]) => name);
    // A control may be named by the room it stands in; a class of a room by that room alone.
    const foreign = [...named]
      .filter(([, rooms]) => rooms.size > 1 && !rooms.has('ui'))
      .map(([name]) => name);
    const unowned = [...begun]
      .filter(([name, rooms]) => !rooms.has('ui') && named.get(name)?.has('ui') === true)
      .map(([name]) => name);
    expect({ several, foreign, unowned }).toEqual({ several: [], foreign: [], unowned: [] });
  });

  test('style no component of another room', () => {
    const { named } = owners();
    const borrowed = files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) =>
        usedBy(file)
          .filter((name) => !name.startsWith('is-'))
          .filter((name) => {
            const rooms = named.get(name);
            return rooms !== undefined && !rooms.has(roomOf(file)) && !rooms.has('ui');
          })
          .map((name) => `${file} uses ${name} of ${[...(named.get(name) ?? [])].join(', ')}`),
      );
    expect(borrowed).toEqual([]);
  });

  test('take type, weights, gaps and round corners from the scale', () => {
    const loose = sheets
      .filter((file) => file !== 'ui/scale.css')
      .flatMap((file) =>
        [...withoutComments(read(file)).matchAll(/(?<=[{;\s])([a-z-]+):\s*([^;{}]+);/g)]
          .filter(([, property = '', value = '']) => isLoose(property, value))
          .map(([declaration]) => `${file}: ${declaration}`),
      );
    expect(loose).toEqual([]);
  });

  test('are of one subject each, at most 250 lines', () => {
    expect(sheets.filter((file) => read(file).split('\n').length > 251)).toEqual([]);
  });
});

/** What the eye cannot tell from nothing, in rem, and where spaces become a matter of the page. */
const [leastStep, mostStep] = [0.1, 3.5];

/** Whether a declaration has a size of its own where the scale has a step. */
function isLoose(property: string, value: string): boolean {
  if (property === 'font-size') return /\d(rem|px)/.test(value);
  if (property === 'font-weight') return /^\d/.test(value);
  if (property === 'font') return /\d(rem|px)|\b[1-9]00\b/.test(value);
  if (property === 'border-radius') return /\drem/.test(value);
  if (!/^((row-|column-)?gap|(padding|margin)(-[a-z]+)?)$/.test(property)) return false;
  return [...value.matchAll(/([\d.]+)rem/g)].some(
    ([, step]) => Number(step) >= leastStep && Number(step) <= mostStep,
  );
}
