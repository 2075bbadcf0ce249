import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of the old school: no CAPA, no words in its refusals, sizes that count LF, ids that are checksums. */
export type OldServer = AsyncDisposable & {
  readonly port: number;
  /** The mailbox file as it is now. */
  mailbox(): string;
};

/** The user of the mailbox; the name exists only where the server can see it. */
const user = { name: 'ann', id: 4242, mailGroup: 8 };
/** `secret`, as the shadow file of that place holds it. */
const passwordHash =
  '$6$eMf0CVd4wI6/v55B$tQMsmmwEDDYIhQlGs.2JvDEZPDZ/DVeaCTY0gT8bqY0gZwXgGw2r7OVpwG7ZmBYiEIlq7JDAdEtKXvIz61VrN0';

/** Whether Debian's popa3d is here and may be shut into a place of its own, which takes root and mount namespaces. */
export function canRunPopa3d(): boolean {
  const isThere = ['/usr/local/sbin/popa3d', '/usr/sbin/popa3d'].some((path) => existsSync(path));
  if (!isThere || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    // No such right, as in most containers.
    return false;
  }
}

/** Starts popa3d for one mailbox; user, password file and mail folder exist in its own mount namespace only. */
export async function startPopa3d(mbox: string): Promise<OldServer> {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-popa3d-'));
  const place = (name: string) => join(folder, name);
  writeFileSync(
    place('passwd'),
    `${readFileSync('/etc/passwd', 'utf8')}${user.name}:x:${user.id}:${user.id}::/:/bin/sh\n`,
  );
  writeFileSync(place('group'), `${readFileSync('/etc/group', 'utf8')}${user.name}:x:${user.id}:\n`);
  writeFileSync(
    place('shadow'),
    `root:*:19000:0:99999:7:::\npopa3d:*:19000:0:99999:7:::\n${user.name}:${passwordHash}:19000:0:99999:7:::\n`,
  );
  mkdirSync(place('mail'));
  chmodSync(place('mail'), 0o1777);
  writeFileSync(place('mail/ann'), mbox);
  chownSync(place('mail/ann'), user.id, user.mailGroup);
  const mounts = ['passwd', 'group', 'shadow'].map((name) => `mount --bind ${place(name)} /etc/${name}`);
  const script = [
    ...mounts,
    `mount --bind ${place('mail')} /var/mail`,
    'mount -t tmpfs tmpfs /var/lib',
    'mkdir /var/lib/popa3d',
    'exec popa3d',
  ];
  const children = new Set<ChildProcess>();
  const server = createServer((socket) => {
    const child = spawn('unshare', ['--mount', 'sh', '-c', script.join(' && ')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.add(child);
    child.on('exit', () => children.delete(child));
    socket.on('error', () => socket.destroy());
    // A server that has gone hears no more; that is not the test's concern.
    child.stdin.on('error', () => socket.destroy());
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    mailbox: () => readFileSync(place('mail/ann'), 'utf8'),
    async [Symbol.asyncDispose]() {
      server.close();
      for (const child of children) {
        child.kill();
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
