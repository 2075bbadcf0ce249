import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pop3Options } from '../../electron/pop3/options.ts';
import { authorityPem, type CertificateKind, serverCertificate } from '../servers/authority.ts';
import { type BoundServerOptions, startBoundPop3 } from '../servers/bound-pop3.ts';
import { top } from '../support/shots.ts';
import { electronBinary } from './poppy-window.ts';

/**
 * Electron's TLS is BoringSSL, not the OpenSSL of node. The servers here are node's, so that each side proves the
 * other: certificates are judged alike, and both ends come to the same channel binding.
 */

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poppy-tls-'));
  await build({
    root: top,
    configFile: false,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: join(top, 'test/e2e/tls-probe.ts'),
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'probe.mjs' } },
    },
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Signs in to one server each from within Electron, used as plain node, and tells how it went. */
async function fromElectron(
  servers: readonly (Partial<BoundServerOptions> & { readonly pin?: string })[],
): Promise<string[]> {
  const running = await Promise.all(
    servers.map((server) =>
      startBoundPop3({ mechanism: 'SCRAM-SHA-256-PLUS', password: 'secret', version: 'TLSv1.3', ...server }),
    ),
  );
  const settings = running.map(({ port }, index): Pop3Options => {
    const pin = servers[index]?.pin;
    return {
      host: 'localhost',
      port,
      security: 'tls',
      plaintextConsent: false,
      user: 'anna',
      credential: { kind: 'password', password: 'secret' },
      mechanism: 'auto',
      extraAuthorities: [authorityPem()],
      ...(pin === undefined ? {} : { pinnedKeySha256: pin }),
    };
  });
  try {
    const { stdout } = await promisify(execFile)(
      electronBinary(),
      [join(folder, 'probe.mjs'), JSON.stringify(settings)],
      { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
    );
    return stdout.trim().split('\n');
  } finally {
    await Promise.all(running.map((server) => server[Symbol.asyncDispose]()));
  }
}

test('SCRAM is bound to the connection in TLS 1.2 and 1.3, by both hashes', async () => {
  const servers = (['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) =>
    (['SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS'] as const).map((mechanism) => ({ version, mechanism })),
  );
  expect(await fromElectron(servers)).toEqual(
    servers.map(({ version, mechanism }) => `${mechanism} over ${version}`),
  );
});

test('a relayed sign-in is noticed', async () => {
  const servers = [{ isRelayed: true }, { isRelayed: true, version: 'TLSv1.2' as const }];
  expect(await fromElectron(servers)).toEqual(['encryption-failed', 'encryption-failed']);
});

test('certificates are judged as under node, and a pinned key is taken', async () => {
  const kinds: CertificateKind[] = ['expired', 'not-yet-valid', 'self-signed', 'untrusted', 'wrong-name'];
  const refused = kinds.map((certificate) => ({ certificate }));
  const pinned = kinds.map((certificate) => ({ certificate, pin: serverCertificate(certificate).keySha256 }));
  const other = { pin: serverCertificate('self-signed').keySha256 };
  expect(await fromElectron([{ certificate: 'good-rsa' }, ...refused, ...pinned, other])).toEqual([
    'SCRAM-SHA-256-PLUS over TLSv1.3',
    ...kinds.map((kind) => `certificate ${kind}`),
    ...kinds.map(() => 'SCRAM-SHA-256-PLUS over TLSv1.3'),
    'certificate pin-mismatch',
  ]);
});
