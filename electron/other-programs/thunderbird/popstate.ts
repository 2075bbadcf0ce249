import type { KnownId, KnownIdState } from '../found-mail/foreign-mail.ts';

const states: ReadonlyMap<string, KnownIdState> = new Map([
  ['k', 'kept'],
  ['d', 'to-delete'],
  ['b', 'partial'],
  ['f', 'partial'],
]);

/** The ids of `popstate.dat`: `STATE UIDL TIME` a line, below the host and the user that they belong to. */
export function knownIdsIn(text: string | null, accountKey: string): KnownId[] {
  const found: KnownId[] = [];
  for (const line of text?.split(/\r?\n/) ?? []) {
    const [, letter, uidl] = /^([a-z]) (\S+)(?: \d+)?\s*$/.exec(line) ?? [];
    const state = states.get(letter ?? '');
    if (state !== undefined && uidl !== undefined) found.push({ accountKey, uidl, state });
  }
  return found;
}
