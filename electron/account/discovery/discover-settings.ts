import type { SearchProgress, SettingsCandidate } from '../../../shared/account-setup.ts';
import type { Failure } from '../../../shared/failure.ts';
import { tlsPort } from '../../../shared/ports.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { type SearchedAddress, searchedAddress } from './address-domain.ts';
import {
  candidate,
  type Found,
  type Probe,
  type ProbeOutcome,
  ranked,
  type Tried,
  withoutDoubles,
} from './candidates.ts';
import type { LookUp } from './look-up.ts';
import { providerOfDomain } from './providers/provider-table.ts';
import { type Search, sourceTimeoutMs, startSearch } from './running-search.ts';
import {
  fromAutoconfig,
  fromIspDatabase,
  fromMxOwner,
  fromProvider,
  fromSrv,
  type MxAnswer,
} from './sources.ts';
import { type TriedPlaces, tryPlaces, tryTable } from './try-places.ts';

/** What a search is made of. */
export type DiscoveryTools = {
  readonly lookUp: LookUp;
  readonly probe: Probe;
  /** Address of the public database, before the domain; empty where none is asked. */
  readonly providerDatabase: string;
};

/** What to search for, and how to follow and stop it. */
export type DiscoveryRequest = {
  readonly address: string;
  readonly signal: AbortSignal;
  /** Told whenever a place is asked or has answered; nobody is being asked at the end. */
  readonly onProgress: (progress: SearchProgress) => void;
  readonly tools: DiscoveryTools;
};

/** Places named by others that are tried at once. */
const mostTried = 8;

/** Candidates handed out; more would only confuse. */
const mostCandidates = 6;

const nothingByMx: MxAnswer = { found: [], hasNoPop3: false, exchangers: [] };

/** What is known of an address without a network: the candidates in the order in which they are tried. */
export function knownSettings(address: string): Result<readonly SettingsCandidate[], Failure> {
  const searched = searchedAddress(address);
  if (!searched.ok) return searched;
  const provider = providerOfDomain(searched.value.domain);
  if (provider === undefined) return ok([]);
  if (provider.servers.length === 0) return failed(noPop3(searched.value));
  return ok(untried(fromProvider(provider, searched.value, 'provider-table'), searched.value.domain));
}

function untried(found: readonly Found[], domain: string): SettingsCandidate[] {
  return ranked(
    withoutDoubles(found).map((place) => ({ found: place, state: 'not-tried' })),
    domain,
  );
}

/**
 * Finds how to reach the mailbox of an address. Where the table has the provider, its servers are tried and nobody else
 * is asked while one of them answers. Otherwise autoconfig, ISP database, MX owner and SRV are asked side by side, and
 * the servers they name are tried; where none answers, the usual places are tried. Only the domain leaves this computer.
 * Without a network the table's servers are handed out as not tried. Fails with `bad-input` (a wrong address, or
 * `no-pop3` for a provider without it), `host-not-found` (no such domain), `offline` or `cancelled`.
 */
export async function discoverSettings(
  request: DiscoveryRequest,
): Promise<Result<readonly SettingsCandidate[], Failure>> {
  const address = searchedAddress(request.address);
  if (!address.ok) return address;
  const searched = address.value;
  const provider = providerOfDomain(searched.domain);
  if (provider?.servers.length === 0) return failed(noPop3(searched));
  const known = provider === undefined ? [] : fromProvider(provider, searched, 'provider-table');
  const search = startSearch(request.signal, request.onProgress, request.tools.probe);
  try {
    const table = await tryTable(search, known);
    if (request.signal.aborted) return failed(cancelled);
    if (table.tried.some(({ state }) => state === 'answers'))
      return ok(ranked(table.tried, searched.domain).slice(0, mostCandidates));
    if (known.length > 0 && isOffline(table.outcomes, request.tools.lookUp))
      return ok(untried(known, searched.domain));
    return await searchAll(search, request, searched, table);
  } finally {
    search.end();
  }
}

async function searchAll(
  search: Search,
  request: DiscoveryRequest,
  searched: SearchedAddress,
  table: TriedPlaces,
): Promise<Result<readonly SettingsCandidate[], Failure>> {
  const { found, mx } = await askEverybody(search, searched, request.tools);
  if (request.signal.aborted) return failed(cancelled);
  const tried = await tryPlaces(search, searched, found, mx.exchangers, table);
  if (request.signal.aborted) return failed(cancelled);
  const marked = await withPrivate(tried.tried, request);
  if (isOffline(tried.outcomes, request.tools.lookUp)) return failed({ kind: 'offline', canRetry: true });
  return conclude(searched, { ...tried, tried: marked }, mx);
}

/** Whether nothing was found because this computer has no network. Some systems then say that no name exists. */
function isOffline(outcomes: readonly ProbeOutcome[], lookUp: LookUp): boolean {
  const kinds = new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.failure.kind)));
  if (kinds.has('offline'))
    return [...kinds].every((kind) => kind === 'offline' || kind === 'host-not-found');
  return kinds.size === 1 && kinds.has('host-not-found') && !lookUp.hasNetwork();
}

const cancelled: Failure = { kind: 'cancelled', canRetry: true };

function noPop3({ domain }: SearchedAddress): Failure {
  return { kind: 'bad-input', field: 'address', what: 'no-pop3', host: domain, canRetry: false };
}

async function askEverybody(
  search: Search,
  searched: SearchedAddress,
  { lookUp, providerDatabase }: DiscoveryTools,
): Promise<{ found: Found[]; mx: MxAnswer }> {
  const nothing: Found[] = [];
  const isAny = (found: readonly Found[]) => found.length > 0;
  const [own, database, mx, srv] = await Promise.all([
    search.ask('autoconfig', nothing, (signal) => fromAutoconfig(searched, lookUp, signal), isAny),
    search.ask(
      'isp-database',
      nothing,
      (signal) => fromIspDatabase(searched, lookUp, providerDatabase, signal),
      isAny,
    ),
    search.ask(
      'mx',
      nothingByMx,
      (signal) => fromMxOwner(searched, lookUp, providerDatabase, signal),
      ({ found }) => isAny(found),
    ),
    search.ask('srv', nothing, (signal) => fromSrv(searched, lookUp, signal), isAny),
  ]);
  return { found: withoutDoubles([...own, ...database, ...mx.found, ...srv]).slice(0, mostTried), mx };
}

/** Marks the places that are on this computer or in a network of its own. */
function withPrivate(tried: readonly Tried[], { tools, signal }: DiscoveryRequest): Promise<Tried[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(sourceTimeoutMs)]);
  return Promise.all(
    tried.map(async (one) => {
      // Whoever runs a name can hold its address back until the time is over: what is not known is asked about.
      const isPrivate = await tools.lookUp.isPrivate(one.found.host, limit).catch(() => true);
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
    pages: {},
    offersOAuth: false,
  };
  return ok([candidate(guess, [{ kind: 'does-not-answer' }])]);
}
