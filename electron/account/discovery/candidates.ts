import { type Security, type ServerSettings, securities } from '../../../shared/account.ts';
import type { SettingsCandidate, SettingsRemark, SettingsSource } from '../../../shared/account-setup.ts';
import type { CertificateProblem, Failure } from '../../../shared/failure.ts';
import type { Result } from '../../../shared/result.ts';
import { registrableDomain } from './address-domain.ts';

/** Settings somebody named, before it is known whether anything answers there. */
export type Found = Pick<ServerSettings, 'host' | 'port' | 'security' | 'user'> &
  Omit<SettingsCandidate, 'server' | 'remarks' | 'oauthEndpoints'> &
  Partial<Pick<SettingsCandidate, 'oauthEndpoints'>> & {
    /** The document that named it came without encryption. */
    readonly isUnprotected?: boolean;
  };

/** What a try at a server came to, without signing in. */
export type ProbeOutcome = Result<{ readonly capabilities: readonly string[] }, Failure>;

/** Tries one server: connects, encrypts, reads greeting and capabilities, and quits. Nothing of the person is sent. */
export type Probe = (target: {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
}) => Promise<ProbeOutcome>;

/** A place that was tried, and how it went. */
export type Tried = {
  readonly found: Found;
  readonly state: 'answers' | 'certificate' | 'not-encrypted' | 'not-tried' | 'silent';
  readonly problem?: CertificateProblem;
  readonly isPrivate?: boolean;
};

const sourceOrder: readonly SettingsSource[] = [
  'provider-table',
  'autoconfig',
  'isp-database',
  'mx',
  'srv',
  'probe',
  'guess',
];
const stateOrder: readonly Tried['state'][] = [
  'answers',
  'certificate',
  'not-encrypted',
  'not-tried',
  'silent',
];

/** What the outcome of a probe says about a place. */
export function judged(found: Found, outcome: ProbeOutcome): Tried {
  if (outcome.ok) return { found, state: found.security === 'none' ? 'not-encrypted' : 'answers' };
  const { failure } = outcome;
  switch (failure.kind) {
    case 'certificate':
      return { found, state: 'certificate', problem: failure.problem };
    case 'encryption-unavailable':
      // A POP3 server is there and offers no encryption: a last resort, which the person has to agree to.
      // What an unprotected document names gets no password in the clear: both could be one attacker's.
      if (found.isUnprotected === true) return { found, state: 'silent' };
      return { found: { ...found, security: 'none' }, state: 'not-encrypted' };
    case 'login-delay':
    case 'mailbox-busy':
    case 'server-trouble':
      return { found, state: 'answers' };
    default:
      return { found, state: 'silent' };
  }
}

/** One entry for each place, named by the best source. */
export function withoutDoubles(found: readonly Found[]): Found[] {
  const best = new Map<string, Found>();
  for (const entry of inOrder(found, (item) => [sourceOrder.indexOf(item.source)])) {
    const key = `${entry.host} ${entry.port} ${entry.security}`;
    if (!best.has(key)) best.set(key, entry);
  }
  return [...best.values()];
}

/** Sorts without disturbing what is equal. */
function inOrder<Item>(items: readonly Item[], ranks: (item: Item) => readonly number[]): Item[] {
  return [...items].sort((a, b) => {
    const [left, right] = [ranks(a), ranks(b)];
    const index = left.findIndex((rank, at) => rank !== right[at]);
    return (left[index] ?? 0) - (right[index] ?? 0);
  });
}

/** The places worth offering, surest first, each with what should be said about it. */
export function ranked(tried: readonly Tried[], domain: string): SettingsCandidate[] {
  const ordered = inOrder(tried, ({ found, state, isPrivate }) => [
    // A host elsewhere that anybody on the way could have named is the very last.
    Number(found.isUnprotected === true && isElsewhere(found, domain)),
    stateOrder.indexOf(state),
    // What has to be asked about comes after what has not.
    Number(isElsewhere(found, domain) || isPrivate === true),
    sourceOrder.indexOf(found.source),
    securities.indexOf(found.security),
  ]);
  const silent = tried.filter(({ state, found }) => state === 'silent' && found.source !== 'probe');
  return ordered
    .filter(({ state, found }) => state !== 'silent' || found.source !== 'probe')
    .map((entry) => candidate(entry.found, remarksOn(entry, silent, domain)));
}

/** Whether a server was named by the network and is not in the domain of the address. */
function isElsewhere({ host, source }: Found, domain: string): boolean {
  return source !== 'provider-table' && registrableDomain(host) !== registrableDomain(domain);
}

function remarksOn(entry: Tried, silent: readonly Tried[], domain: string): SettingsRemark[] {
  const { found, state } = entry;
  const remarks: SettingsRemark[] = [];
  if (state === 'silent') remarks.push({ kind: 'does-not-answer' });
  if (state === 'not-tried') remarks.push({ kind: 'not-tried' });
  if (found.security === 'none') remarks.push({ kind: 'not-encrypted' });
  if (entry.problem !== undefined) remarks.push({ kind: 'certificate', problem: entry.problem });
  if (state !== 'silent' && state !== 'not-tried') remarks.push(...differences(found, silent));
  if (isElsewhere(found, domain))
    remarks.push({ kind: 'host-elsewhere', domain: registrableDomain(found.host) });
  if (entry.isPrivate === true) remarks.push({ kind: 'host-private' });
  if (found.isUnprotected === true) remarks.push({ kind: 'found-unprotected' });
  return remarks;
}

function differences(found: Found, silent: readonly Tried[]): SettingsRemark[] {
  const samePlace = silent.find(
    (other) => other.found.host === found.host && other.found.port !== found.port,
  );
  if (samePlace !== undefined)
    return [{ kind: 'port-differs', silentPort: samePlace.found.port, answeringPort: found.port }];
  const [elsewhere] = silent;
  if (found.source !== 'probe' || elsewhere === undefined || elsewhere.found.host === found.host) return [];
  return [{ kind: 'host-differs', silentHost: elsewhere.found.host, answeringHost: found.host }];
}

/** A found place as the page gets it. */
export function candidate(found: Found, remarks: readonly SettingsRemark[]): SettingsCandidate {
  const { host, port, security, user, source, providerName, notes, pages, offersOAuth } = found;
  const { oauthEndpoints = null } = found;
  return {
    server: { host, port, security, user, mechanism: 'auto', plaintextConsent: false },
    source,
    providerName,
    notes,
    pages,
    offersOAuth,
    oauthEndpoints,
    remarks,
  };
}
