import type { Answers, EngineParts } from '../engine-parts.ts';

/** The program's own preferences. */
export function preferencesCalls({
  settings,
  emit,
}: Pick<EngineParts, 'settings' | 'emit'>): Answers<'preferences/read' | 'preferences/update'> {
  return {
    'preferences/read': () => settings.preferences(),
    'preferences/update': async (patch) => {
      const known = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const updated = await settings.updatePreferences(known);
      if (!updated.ok) emit('failure/raised', { failure: updated.failure });
      emit('preferences/changed', settings.preferences());
      return null;
    },
  };
}
