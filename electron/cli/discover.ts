import type { SettingsCandidate } from '../../shared/account-setup.ts';
import type { Failure } from '../../shared/failure.ts';
import { usualProviderDatabase } from '../../shared/preferences.ts';
import { ok, type Result } from '../../shared/result.ts';
import { discoverSettings, knownSettings } from '../account/discovery/discover-settings.ts';
import { networkLookUp } from '../account/discovery/look-up.ts';
import { probePop3 } from '../pop3/probe.ts';
import type { Command } from './command.ts';
import { exitCodeOf, exitDone, exitPartly } from './exit-codes.ts';
import { isGiven, UsageError } from './options.ts';

/** `discover`: how to reach the mailbox of an address, as the wizard would find it. */
export const discoverCommand: Command = {
  name: 'discover',
  usage: '[--offline] ADDRESS…',
  summary: 'find the server for each address; a line for each, the best candidate first',
  flags: { offline: { type: 'boolean', help: 'say only what Poppy knows by itself; ask and try nobody' } },
  async run(given, print) {
    const addresses = given.positionals;
    if (addresses.length === 0) throw new UsageError('an ADDRESS is needed');
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const failures: Failure[] = [];
    for (const address of addresses) {
      const found = isGiven(given, 'offline') ? known(address) : await search(address, cancel.signal);
      const candidates = found.ok ? found.value.map(asLine) : [];
      const failure = found.ok ? null : found.failure;
      if (failure !== null) failures.push(failure);
      print.line({ address, candidates, failure }, asText(address, candidates, failure));
    }
    const [first] = failures;
    if (first === undefined) return exitDone;
    return failures.length === addresses.length ? exitCodeOf(first.kind) : exitPartly;
  },
};

type Line = ReturnType<typeof asLine>;

function known(address: string): Result<readonly SettingsCandidate[], Failure> {
  const found = knownSettings(address);
  if (!found.ok || found.value.length > 0) return found;
  return { ok: false, failure: { kind: 'not-found', canRetry: false } };
}

function search(address: string, signal: AbortSignal) {
  return discoverSettings({
    address,
    signal,
    onProgress: () => undefined,
    tools: {
      lookUp: networkLookUp(),
      providerDatabase: usualProviderDatabase,
      probe: async (target) => {
        const found = await probePop3(target);
        return found.ok ? ok({ capabilities: found.value.capabilities.lines }) : found;
      },
    },
  });
}

function asLine({
  server,
  source,
  providerName,
  notes,
  pages,
  offersOAuth,
  remarks = [],
}: SettingsCandidate) {
  const { host, port, security, user } = server;
  return {
    ...{ host, port, security, user, source, provider: providerName },
    ...{ oauth: offersOAuth, notes, pages, remarks },
  };
}

function asText(address: string, candidates: readonly Line[], failure: Failure | null): string {
  const lines = candidates.map(({ host, port, security, user, source, oauth, notes, remarks }) =>
    [
      `  ${security} ${host}:${port} as ${user} (${source})`,
      ...(oauth ? ['OAuth2'] : []),
      ...notes,
      ...remarks.map(({ kind }) => kind),
    ].join(', '),
  );
  const why = failure === null ? [] : [`  ${failure.kind}${'what' in failure ? `: ${failure.what}` : ''}`];
  return [address, ...lines, ...why].join('\n');
}
