import { once } from 'node:events';
import { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { type SecureSocketOptions, secureSocket, TlsError } from '../../../electron/pop3/connection/tls.ts';
import { authorityPem, type CertificateKind, serverCertificate } from '../../servers/authority.ts';
import { guardAgainstLeaks } from '../../servers/leaks.ts';
import { type LocalServer, plainServer, tlsServer } from '../../servers/tls-server.ts';

guardAgainstLeaks();

type Wishes = Omit<SecureSocketOptions, 'socket' | 'host'> & { readonly host?: string };

/** Encrypts a new connection and says in one line what came of it, and whether the socket is open still. */
async function attempt(server: LocalServer, wishes: Wishes = {}): Promise<string> {
  const plain = await server.connect();
  try {
    const { socket, facts } = await secureSocket({
      host: 'localhost',
      extraAuthorities: [authorityPem()],
      ...wishes,
      socket: plain,
    });
    const line = `${facts.protocol} with ${facts.subject}`;
    socket.destroy();
    return line;
  } catch (error) {
    const state = plain.destroyed ? 'closed' : 'left open';
    if (!(error instanceof TlsError)) return `${String(error)}, ${state}`;
    const { failure } = error;
    const detail =
      'problem' in failure ? failure.problem : 'found' in failure ? failure.found : failure.canRetry;
    return `${failure.kind} ${detail}, ${state}`;
  }
}

const greet = (socket: TLSSocket): void => void socket.write('+OK ready\r\n');

describe('certificates', () => {
  const outcomes: Record<CertificateKind, string> = {
    good: 'TLSv1.3 with CN=localhost',
    'good-rsa': 'TLSv1.3 with CN=localhost',
    expired: 'certificate expired, closed',
    'not-yet-valid': 'certificate not-yet-valid, closed',
    'self-signed': 'certificate self-signed, closed',
    untrusted: 'certificate untrusted, closed',
    'wrong-name': 'certificate wrong-name, closed',
  };
  test.each(Object.entries(outcomes) as [CertificateKind, string][])('%s: %s', async (kind, expected) => {
    await using server = await tlsServer(greet, serverCertificate(kind));
    expect(await attempt(server)).toBe(expected);
  });

  test.each(Object.keys(outcomes) as CertificateKind[])('%s is accepted by its pinned key', async (kind) => {
    const certificate = serverCertificate(kind);
    await using server = await tlsServer(greet, certificate);
    const wishes = { extraAuthorities: [], pinnedKeySha256: certificate.keySha256.toUpperCase() };
    expect(await attempt(server, wishes)).toMatch(/^TLSv1\.3 with CN=/);
  });

  test('another key than the pinned one is refused, however well certified', async () => {
    await using server = await tlsServer(greet);
    const pinnedKeySha256 = serverCertificate('self-signed').keySha256;
    expect(await attempt(server, { pinnedKeySha256 })).toBe('certificate pin-mismatch, closed');
  });

  test('a refused certificate still tells its facts, so that its key can be pinned', async () => {
    const certificate = serverCertificate('self-signed');
    await using server = await tlsServer(greet, certificate);
    const attempted = secureSocket({ socket: await server.connect(), host: 'localhost' });
    const error = await attempted.catch((reason: unknown) => reason);
    if (!(error instanceof TlsError)) throw error;
    const { keySha256 } = certificate;
    const validTo = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect([error.failure, error.facts]).toEqual([
      {
        kind: 'certificate',
        problem: 'self-signed',
        keySha256,
        subject: 'CN=localhost',
        validTo,
        step: 'encrypt',
        canRetry: false,
      },
      {
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        subject: 'CN=localhost',
        issuer: 'CN=localhost',
        validTo,
        keySha256,
      },
    ]);
  });

  test('the test authority is not trusted by itself', async () => {
    await using server = await tlsServer(greet);
    expect(await attempt(server, { extraAuthorities: [] })).toBe('certificate untrusted, closed');
  });
});

describe('names', () => {
  test.each<[string, string[], boolean]>([
    ['localhost', ['localhost'], true],
    ['LocalHost.', ['localhost'], true],
    ['127.0.0.1', ['127.0.0.1'], true],
    ['127.0.0.1', ['localhost'], false],
    ['[::1]', ['::1'], true],
    ['::1', ['::1'], true],
    ['fe80::1%eth0', ['fe80::1'], true],
    ['::1', ['::2'], false],
    ['pop.example.com', ['*.example.com'], true],
    ['a.pop.example.com', ['*.example.com'], false],
    ['example.com', ['*.example.com'], false],
    ['pop.example.com', ['p*.example.com'], false],
    ['pop.example.com', ['pop.example.com.evil.example'], false],
    ['bücher.example', ['xn--bcher-kva.example'], true],
    ['192.0.2.1', ['*.0.2.1'], false],
  ])('%s with a certificate for %j: %s', async (host, names, isNamed) => {
    await using server = await tlsServer(greet, serverCertificate('good', names));
    expect(await attempt(server, { host })).toMatch(isNamed ? /^TLSv1\.3/ : /^certificate wrong-name/);
  });

  test('tells the server the name it looks for, but not an address', async () => {
    await using server = await tlsServer((socket) => {
      const { servername } = socket as TLSSocket & { servername?: string | false };
      socket.end(String(servername));
    });
    const extraAuthorities = [authorityPem()];
    const told = ['localhost', '127.0.0.1'].map(async (host) => {
      const { socket } = await secureSocket({ socket: await server.connect(), host, extraAuthorities });
      const [name] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return name.toString();
    });
    expect(await Promise.all(told)).toEqual(['localhost', 'false']);
  });
});

describe('handshakes', () => {
  test.each([
    ['TLSv1.2', 'TLSv1.2 with CN=localhost'],
    ['TLSv1.3', 'TLSv1.3 with CN=localhost'],
  ] as const)('a server with only %s gives %s', async (version, expected) => {
    await using server = await tlsServer(greet, undefined, { minVersion: version, maxVersion: version });
    expect(await attempt(server)).toBe(expected);
  });

  test('a server with only TLS 1.1 is refused', async () => {
    await using server = await tlsServer(greet, undefined, {
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    expect(await attempt(server)).toBe('encryption-failed false, closed');
  });

  test('a server that speaks POP3 without TLS is known as such', async () => {
    await using server = await plainServer((socket) => void socket.write('+OK POP3 ready\r\n'));
    expect([await attempt(server), await attempt(server, { isUpgrade: true })]).toEqual([
      'not-pop3 plain, closed',
      'encryption-failed false, closed',
    ]);
  });

  test.each([
    ['closes at once', (socket: { end(): unknown }) => void socket.end()],
    ['resets', (socket: { resetAndDestroy(): unknown }) => void socket.resetAndDestroy()],
  ])('a server that %s during the handshake may work next time', async (_name, serve) => {
    await using server = await plainServer((socket) => void socket.once('data', () => serve(socket)));
    expect(await attempt(server)).toBe('encryption-failed true, closed');
  });

  test('a cancelled handshake with a silent server closes the socket and gives the reason', async () => {
    const abort = new AbortController();
    await using server = await plainServer((socket) =>
      socket.once('data', () => abort.abort(new Error('cancelled by the person'))),
    );
    expect(await attempt(server, { signal: abort.signal })).toBe('Error: cancelled by the person, closed');
    expect(await attempt(server, { signal: abort.signal })).toBe('Error: cancelled by the person, closed');
  });

  test('bytes slipped in before the handshake never reach the encrypted session', async () => {
    const { certificate, key } = serverCertificate();
    await using server = await plainServer((socket) => {
      socket.write('+OK injected\r\n');
      const encrypted = new TLSSocket(socket, { isServer: true, cert: certificate, key });
      encrypted.on('error', () => socket.destroy());
    });
    const plain = await server.connect();
    await once(plain, 'readable');
    const attempted = secureSocket({ socket: plain, host: 'localhost', isUpgrade: true });
    await expect(attempted).rejects.toMatchObject({ failure: { kind: 'encryption-failed' } });
  });

  test('data flows both ways once the handshake is done', async () => {
    await using server = await tlsServer((socket) => void socket.pipe(socket));
    const { socket } = await secureSocket({
      socket: await server.connect(),
      host: '127.0.0.1',
      extraAuthorities: [authorityPem()],
    });
    socket.write('CAPA\r\n');
    const [echo] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(echo.toString()).toBe('CAPA\r\n');
  });
});
