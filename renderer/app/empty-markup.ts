/**
 * Lets an element be emptied by writing empty markup into it, as a library does that tells screen readers of changes.
 * No other text becomes markup. Only one default policy can be made, so nothing can make a weaker one later.
 */
export function allowEmptyMarkup(): void {
  const types: unknown = Reflect.get(globalThis, 'trustedTypes');
  if (typeof types !== 'object' || types === null) return;
  const create: unknown = Reflect.get(types, 'createPolicy');
  if (typeof create !== 'function') return;
  Reflect.apply(create, types, ['default', { createHTML: (html: string) => (html === '' ? '' : null) }]);
}
