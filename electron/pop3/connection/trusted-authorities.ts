import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';

/** Where Linux and BSD systems keep the authorities that the computer's owner trusts; the first that exists counts. */
const systemStores = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

let known: Promise<readonly string[]> | undefined;
const contexts = new Map<string, tls.SecureContext>();

/**
 * What to check a server's chain against: node's own authorities, the system's, and those given here (PEM). Made
 * once for each such set, since reading some 200 certificates takes about 70 ms of the thread.
 */
export async function trustedContext(
  minVersion: tls.SecureVersion,
  extraAuthorities: readonly string[] = [],
): Promise<tls.SecureContext> {
  known ??= knownAuthorities();
  const authorities = await known;
  const key = [minVersion, ...extraAuthorities].join();
  const made =
    contexts.get(key) ?? tls.createSecureContext({ minVersion, ca: [...authorities, ...extraAuthorities] });
  contexts.set(key, made);
  return made;
}

/** Reads the authorities once; a computer without a store of its own has node's. */
async function knownAuthorities(): Promise<readonly string[]> {
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  const texts = [extra === undefined ? '' : await readStore(extra), await systemStore()];
  const fromFiles = texts.flatMap((text) => text.match(certificatePattern) ?? []);
  return [...new Set([...tls.rootCertificates, ...newerSystemStore(), ...fromFiles].map(canonical))];
}

const certificatePattern = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function canonical(pem: string): string {
  return pem.replace(/\r/g, '').trim();
}

async function systemStore(): Promise<string> {
  for (const path of systemStores) {
    const text = await readStore(path);
    if (text !== '') return text;
  }
  return '';
}

async function readStore(path: string): Promise<string> {
  try {
    return await readFile(path, 'latin1');
  } catch {
    // Only a missing or unreadable store: its authorities are then not trusted, which is the safe side.
    return '';
  }
}

/** Newer versions of node know the keychain of macOS and the store of Windows. */
function newerSystemStore(): readonly string[] {
  if (!('getCACertificates' in tls) || typeof tls.getCACertificates !== 'function') return [];
  return tls.getCACertificates('system') as readonly string[];
}
