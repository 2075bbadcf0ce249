/** Checks whether a value of unknown origin has a form. */
export type Guard<Value> = (value: unknown) => value is Value;

/** Anything with named fields. */
export const isObject: Guard<Readonly<Record<string, unknown>>> = (
  value,
): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A string. */
export const isText: Guard<string> = (value): value is string => typeof value === 'string';

/** A finite number. */
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);

/** True or false. */
export const isFlag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

/** The form, or null. */
export function orNull<Value>(isValue: Guard<Value>): Guard<Value | null> {
  return (value): value is Value | null => value === null || isValue(value);
}

/** One of these words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Guard<Word> {
  return (value): value is Word => words.some((word) => word === value);
}

/** A list, all of which has the form. */
export function listOf<Value>(isValue: Guard<Value>): Guard<readonly Value[]> {
  return (value): value is readonly Value[] => Array.isArray(value) && value.every(isValue);
}

/** An object with these fields; it may have more. */
export function shape<Value>(fields: { readonly [Name in keyof Value]-?: Guard<Value[Name]> }): Guard<Value> {
  const guards = Object.entries(fields) as [string, Guard<unknown>][];
  return (value): value is Value =>
    isObject(value) && guards.every(([name, isField]) => isField(value[name]));
}
