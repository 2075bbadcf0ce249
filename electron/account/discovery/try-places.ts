import type { SearchedAddress } from './address-domain.ts';
import { type Found, judged, type ProbeOutcome, type Tried, withoutDoubles } from './candidates.ts';
import { probeDeadlineMs, type Search } from './running-search.ts';
import { bothWays, usualPlaces } from './sources.ts';

/** Places that were tried, with the plain outcomes beside. */
export type TriedPlaces = { readonly tried: readonly Tried[]; readonly outcomes: readonly ProbeOutcome[] };

/** Tries the places that were named. Where none answers well, tries their other port and the usual places too. */
export async function tryPlaces(
  search: Search,
  searched: SearchedAddress,
  found: readonly Found[],
  exchangers: readonly string[],
  table: TriedPlaces,
): Promise<TriedPlaces> {
  return search.ask(
    'probe',
    table,
    async () => {
      const before = table.tried.map((tried) => tried.found);
      const isTried = (place: Found) => before.some((other) => isSamePlace(other, place));
      const named = joined(
        table,
        await tryAll(
          search,
          found.filter((place) => !isTried(place)),
        ),
      );
      if (named.tried.some(({ state }) => state === 'answers')) return named;
      const places = [...before, ...found];
      const siblings = places.flatMap(bothWays);
      const isNew = (place: Found) => !places.some((other) => isSamePlace(other, place));
      const more = withoutDoubles([...siblings, ...usualPlaces(searched, exchangers)]).filter(isNew);
      const usual = await tryAll(search, more);
      const answering = usual.tried.filter(({ state }) => state !== 'silent');
      return joined(named, { ...usual, tried: answering });
    },
    hasAnswer,
  );
}

function hasAnswer({ tried }: TriedPlaces): boolean {
  return tried.some(({ state }) => state !== 'silent');
}

function joined(one: TriedPlaces, other: TriedPlaces): TriedPlaces {
  return { tried: [...one.tried, ...other.tried], outcomes: [...one.outcomes, ...other.outcomes] };
}

function isSamePlace(a: Found, b: Found): boolean {
  return a.host === b.host && a.port === b.port && a.security === b.security;
}

async function tryAll(search: Search, places: readonly Found[]): Promise<TriedPlaces> {
  const outcomes = await Promise.all(
    places.map(({ host, port, security }) =>
      search.probe({ host, port, security, signal: search.signal, deadlineMs: probeDeadlineMs }),
    ),
  );
  const tried = places.flatMap((place, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [judged(place, outcome)];
  });
  return { tried, outcomes };
}

/** Tries the servers of the table. It is believed no more than any other source. */
export function tryTable(search: Search, known: readonly Found[]): Promise<TriedPlaces> {
  const nothing: TriedPlaces = { tried: [], outcomes: [] };
  if (known.length === 0) return Promise.resolve(nothing);
  return search.ask('provider-table', nothing, () => tryAll(search, withoutDoubles(known)), hasAnswer);
}
