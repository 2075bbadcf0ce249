import type { SettingsCandidate, SettingsSource } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import { tlsPort } from '../../../shared/ports.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { type SearchedAddress, searchedAddress } from './address-domain.ts';
import {
  candidate,
  type Found,
  judged,
  type Probe,
  type ProbeOutcome,
  ranked,
  type Tried,
  withoutDoubles,
} from './candidates.ts';
import type { LookUp } from './look-up.ts';
import { providerOfDomain } from './provider-table.ts';
import {
  bothWays,
  fromAutoconfig,
  fromIspDatabase,
  fromMxOwner,
  fromProvider,
  fromSrv,
  type MxAnswer,
  usualPlaces,
} from './sources.ts';

/** What a search is made of. */
export type DiscoveryTools = { readonly lookUp: LookUp; readonly probe: Probe };

/** What to search for, and how to follow and stop it. */
export type DiscoveryRequest = {
  readonly address: string;
  readonly signal: AbortSignal;
  /** Told whenever the places being looked at change; empty at the end. */
  readonly onProgress: (looking: readonly SettingsSource[]) => void;
  readonly tools: DiscoveryTools;
};

/** A server that has not greeted by then counts as silent. Milliseconds. */
const probeDeadlineMs = 8_000;

/** The search goes on without a source that takes longer. Milliseconds. Servers are tried in two rounds. */
const sourceTimeoutMs = 9_000;
const probingTimeoutMs = 2 * probeDeadlineMs + 2_000;

/** Places named by others that are tried at once. */
const mostTried = 8;

/** Candidates handed out; more would only confuse. */
const mostCandidates = 6;

const nothingByMx: MxAnswer = { found: [], hasNoPop3: false, exchangers: [] };

/**
 * Finds how to reach the mailbox of an address. Where the table has the provider, the answer comes from there and nobody
 * is asked. Otherwise autoconfig, ISP database, MX owner and SRV are asked side by side, and the servers they name are
 * tried; where none answers, the usual places are tried. Only the domain leaves this computer. Fails with `bad-input`
 * (a wrong address, or `no-pop3` for a provider without it), `host-not-found` (no such domain), `offline` or `cancelled`.
 */
export async function discoverSettings(
  request: DiscoveryRequest,
): Promise<Result<readonly SettingsCandidate[], Failure>> {
  const address = searchedAddress(request.address);
  if (!address.ok) return address;
  const searched = address.value;
  const provider = providerOfDomain(searched.domain);
  if (provider !== undefined) {
    if (provider.servers.length === 0) return failed(noPop3(searched));
    return ok(fromProvider(provider, searched, 'provider-table').map((found) => candidate(found, [])));
  }
  const search = startSearch(request);
  try {
    const { found, mx } = await askEverybody(search, searched, request.tools.lookUp);
    if (request.signal.aborted) return failed(cancelled);
    const tried = await tryPlaces(search, searched, found, mx);
    if (request.signal.aborted) return failed(cancelled);
    const marked = await withPrivate(tried.tried, request);
    return conclude(searched, { ...tried, tried: marked }, mx);
  } finally {
    request.onProgress([]);
  }
}

const cancelled: Failure = { kind: 'cancelled', canRetry: true };

function noPop3({ domain }: SearchedAddress): Failure {
  return { kind: 'bad-input', field: 'address', what: 'no-pop3', host: domain, canRetry: false };
}

/** The running search: who is being asked, and how to ask with a limit. */
type Search = {
  readonly signal: AbortSignal;
  readonly probe: Probe;
  /** Runs one source. Where it fails, hangs or is stopped, the answer is `otherwise`. */
  ask<Value>(
    source: SettingsSource,
    otherwise: Value,
    run: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value>;
};

function startSearch({ signal, onProgress, tools }: DiscoveryRequest): Search {
  const looking: SettingsSource[] = [];
  return {
    signal,
    probe: tools.probe,
    ask: async (source, otherwise, run) => {
      looking.push(source);
      onProgress([...looking]);
      const timeoutMs = source === 'probe' ? probingTimeoutMs : sourceTimeoutMs;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        return await Promise.race([run(limit), whenAborted(limit, otherwise)]);
      } catch {
        return otherwise; // one source less; the others go on
      } finally {
        looking.splice(looking.indexOf(source), 1);
        if (!signal.aborted && looking.length > 0) onProgress([...looking]);
      }
    },
  };
}

function whenAborted<Value>(signal: AbortSignal, value: Value): Promise<Value> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(value);
    signal.addEventListener('abort', () => resolve(value), { once: true });
  });
}

async function askEverybody(
  search: Search,
  searched: SearchedAddress,
  lookUp: LookUp,
): Promise<{ found: Found[]; mx: MxAnswer }> {
  const nothing: Found[] = [];
  const [own, database, mx, srv] = await Promise.all([
    search.ask('autoconfig', nothing, (signal) => fromAutoconfig(searched, lookUp, signal)),
    search.ask('isp-database', nothing, (signal) => fromIspDatabase(searched, lookUp, signal)),
    search.ask('mx', nothingByMx, (signal) => fromMxOwner(searched, lookUp, signal)),
    search.ask('srv', nothing, (signal) => fromSrv(searched, lookUp, signal)),
  ]);
  return { found: withoutDoubles([...own, ...database, ...mx.found, ...srv]).slice(0, mostTried), mx };
}

type TriedPlaces = { readonly tried: readonly Tried[]; readonly outcomes: readonly ProbeOutcome[] };

/** Tries the places that were named. Where none answers well, tries their other port and the usual places too. */
async function tryPlaces(
  search: Search,
  searched: SearchedAddress,
  found: readonly Found[],
  mx: MxAnswer,
): Promise<TriedPlaces> {
  return search.ask('probe', { tried: [], outcomes: [] }, async () => {
    const named = await tryAll(search, found);
    if (named.tried.some(({ state }) => state === 'answers')) return named;
    const siblings = found.flatMap(bothWays);
    const isNew = (place: Found) => !found.some((other) => isSamePlace(other, place));
    const more = withoutDoubles([...siblings, ...usualPlaces(searched, mx.exchangers)]).filter(isNew);
    const usual = await tryAll(search, more);
    const answering = usual.tried.filter(({ state }) => state !== 'silent');
    return { tried: [...named.tried, ...answering], outcomes: [...named.outcomes, ...usual.outcomes] };
  });
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

/** Marks the places that are on this computer or in a network of its own. */
function withPrivate(tried: readonly Tried[], { tools, signal }: DiscoveryRequest): Promise<Tried[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(sourceTimeoutMs)]);
  return Promise.all(
    tried.map(async (one) => {
      // A name without an address is nowhere, so not inside either.
      const isPrivate = await tools.lookUp.isPrivate(one.found.host, limit).catch(() => false);
      return { ...one, isPrivate };
    }),
  );
}

function conclude(
  searched: SearchedAddress,
  { tried, outcomes }: TriedPlaces,
  mx: MxAnswer,
): Result<readonly SettingsCandidate[], Failure> {
  const candidates = ranked(tried, searched.domain).slice(0, mostCandidates);
  if (candidates.length > 0) return ok(candidates);
  if (mx.hasNoPop3) return failed(noPop3(searched));
  const kinds = new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.failure.kind)));
  if (kinds.has('offline')) return failed({ kind: 'offline', canRetry: true });
  if (mx.exchangers.length === 0 && kinds.size === 1 && kinds.has('host-not-found'))
    return failed({ kind: 'host-not-found', host: searched.domain, step: 'look-up', canRetry: false });
  const guess: Found = {
    host: `pop.${searched.domain}`,
    port: tlsPort,
    security: 'tls',
    user: searched.address,
    source: 'guess',
    providerName: null,
    notes: [],
    offersOAuth: false,
  };
  return ok([candidate(guess, [{ kind: 'does-not-answer' }])]);
}
