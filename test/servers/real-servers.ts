import { once } from 'node:events';
import { chownSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { authorityPem, serverCertificate } from './authority.ts';
import { type OwnRoot, startInOwnRoot } from './own-root.ts';

/** The user of every maildrop here; the name exists in the server's own root only. */
export const realUser = { name: 'ann', password: 'secret' };
const ids = { user: 4242, group: 4242, mail: 8 };

/** A real POP3 server with one maildrop. Letters are CRLF bytes; how a server keeps them is its own affair. */
export type RealServer = AsyncDisposable & {
  readonly plainPort: number;
  /** Port of implicit TLS; null where the server has no TLS. */
  readonly tlsPort: number | null;
  /** PEM of the authority that signed the server's certificate. */
  readonly authority: string;
  /** Puts letters into the maildrop, behind those that are there. */
  deliver(letters: readonly Buffer[]): Promise<void>;
  log(): string;
};

type Options = {
  /** SASL mechanisms that Cyrus is to announce. */
  readonly mechanisms?: string;
  /** Passwords are checked by saslauthd, which knows no secrets for SCRAM. */
  readonly withoutSecrets?: boolean;
};

const account = `echo "ann:x:${ids.user}:${ids.group}::/srv/home:/bin/sh" >>/etc/passwd
echo "ann:x:${ids.group}:" >>/etc/group
`;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

function pems(): Record<string, string> {
  const { certificate, key } = serverCertificate('good');
  return { 'certificate.pem': certificate, 'key.pem': key, 'both.pem': `${key}\n${certificate}` };
}

function withPorts(root: OwnRoot, plainPort: number, tlsPort: number | null, deliver: RealServer['deliver']) {
  return {
    plainPort,
    tlsPort,
    authority: authorityPem(),
    deliver,
    log: () => root.log(),
    [Symbol.asyncDispose]: () => root[Symbol.asyncDispose](),
  };
}

/** Courier 1.0: announces UTF8 and LOGIN-DELAY, and hands out notices in place of raw 8-bit headers without UTF8. */
export async function startCourier(): Promise<RealServer> {
  const [plainPort = 0, tlsPort = 0] = await freePorts(2);
  const script = `${account}
echo "courier:x:4240:4240::/var/lib/courier:/bin/sh" >>/etc/passwd
echo "courier:x:4240:" >>/etc/group
mkdir -p /run/courier/authdaemon /var/lib/courier /srv/home/Maildir/new /srv/home/Maildir/cur /srv/home/Maildir/tmp
chown -R ${ids.user}:${ids.group} /srv/home
: >/etc/courier/userdb && chmod 600 /etc/courier/userdb
userdb ann set uid=${ids.user} gid=${ids.group} home=/srv/home mail=/srv/home/Maildir
echo ${realUser.password} | userdbpw -md5 | userdb ann set systempw
makeuserdb
cp /srv/both.pem /etc/courier/pop3d.pem
sed -i 's/^authmodulelist=.*/authmodulelist=authuserdb/' /etc/courier/authdaemonrc
chown -R courier:courier /run/courier /etc/courier /var/lib/courier
sed -i 's/^PORT=.*/PORT=${plainPort}/; s/^ADDRESS=.*/ADDRESS=127.0.0.1/; s/^MAXPERIP=.*/MAXPERIP=40/' /etc/courier/pop3d
sed -i 's/^SSLPORT=.*/SSLPORT=${tlsPort}/; s/^SSLADDRESS=.*/SSLADDRESS=127.0.0.1/; /^TLS_TRUSTCERTS/d; /^TLS_DHPARAMS/d' /etc/courier/pop3d-ssl
/usr/sbin/authdaemond start
/usr/sbin/pop3d start
/usr/sbin/pop3d-ssl start
`;
  const root = await startInOwnRoot('courier', [plainPort, tlsPort], script, pems());
  let count = 0;
  return withPorts(root, plainPort, tlsPort, async (letters) => {
    for (const letter of letters) {
      count += 1;
      const path = join(root.shared, 'home/Maildir/new', `${1_600_000_000 + count}.M1P1.test`);
      writeFileSync(path, letter.toString('latin1').replace(/\r\n/g, '\n'), { encoding: 'latin1' });
      chownSync(path, ids.user, ids.group);
    }
  });
}

/** Letters of an mbox file; lines that begin with From are quoted as delivery agents do. */
function mbox(letters: readonly Buffer[]): string {
  return letters
    .map((letter) => {
      const text = letter
        .toString('latin1')
        .replace(/\r\n/g, '\n')
        .replace(/^(>*From )/gm, '>$1');
      return `From bob@example.org Thu Jan  1 00:00:00 2026\n${text}${text.endsWith('\n') ? '' : '\n'}\n`;
    })
    .join('');
}

function mboxDelivery(root: OwnRoot): RealServer['deliver'] {
  const path = join(root.shared, 'mail/ann');
  return async (letters) => {
    const before = readFileSync(path, 'latin1');
    writeFileSync(path, before + mbox(letters), { encoding: 'latin1' });
  };
}

const mailFolder = `mkdir -p /srv/mail /srv/home
touch /srv/mail/ann
chown ${ids.user}:${ids.mail} /srv/mail/ann
chmod 1777 /srv/mail
rm -rf /var/mail && ln -s /srv/mail /var/mail
`;

/** `secret`, as the shadow file of these roots holds it. */
const passwordHash =
  '$6$eMf0CVd4wI6/v55B$tQMsmmwEDDYIhQlGs.2JvDEZPDZ/DVeaCTY0gT8bqY0gZwXgGw2r7OVpwG7ZmBYiEIlq7JDAdEtKXvIz61VrN0';

const shadow = `echo 'ann:${passwordHash}:19000:0:99999:7:::' >>/etc/shadow
`;

/** GNU mailutils 3.15: writes X-UIDL, Status and other lines into its letters, and so changes their sizes. */
export async function startMailutils(): Promise<RealServer> {
  const [plainPort = 0, tlsPort = 0] = await freePorts(2);
  const configuration = `mode daemon;
foreground yes;
pidfile /tmp/pop3d.pid;
logging { syslog no; }
tls { ssl-certificate-file /etc/pop3-certificate.pem; ssl-key-file /etc/pop3-key.pem; }
server 127.0.0.1:${plainPort} { tls-mode ondemand; }
server 127.0.0.1:${tlsPort} { tls-mode connection; }
tcp-wrappers { enable no; }
`;
  const script = `${account}${shadow}${mailFolder}
cp /srv/certificate.pem /etc/pop3-certificate.pem
cp /srv/key.pem /etc/pop3-key.pem
chmod 600 /etc/pop3-key.pem
exec /usr/sbin/pop3d --no-site-config --config-file /srv/pop3.conf --foreground
`;
  const files = { ...pems(), 'pop3.conf': configuration };
  const root = await startInOwnRoot('mailutils', [plainPort, tlsPort], script, files);
  return withPorts(root, plainPort, tlsPort, mboxDelivery(root));
}

/** popa3d 1.0: no CAPA, no TLS, no words in its refusals, ids that are checksums, sizes that count LF. */
export async function startPopa3d(): Promise<RealServer> {
  const [plainPort = 0] = await freePorts(1);
  const script = `${account}${shadow}${mailFolder}
echo "popa3d:x:4244:4244::/:/bin/false" >>/etc/passwd
echo "popa3d:x:4244:" >>/etc/group
echo 'popa3d:*:19000:0:99999:7:::' >>/etc/shadow
mkdir -p /var/lib/popa3d
perl -MIO::Socket::INET -e '
  my $listener = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => ${plainPort}, Listen => 20, ReuseAddr => 1) or die;
  $SIG{CHLD} = "IGNORE";
  while (my $client = $listener->accept) {
    if (fork == 0) { $SIG{CHLD} = "DEFAULT"; open STDIN, "<&", $client; open STDOUT, ">&", $client; exec "popa3d" }
    close $client;
  }'
`;
  const root = await startInOwnRoot('popa3d', [plainPort], script, {});
  return withPorts(root, plainPort, null, mboxDelivery(root));
}

/** Cyrus 3.6: offers SCRAM with channel binding of a sort that TLS 1.3 does not have, and refuses all others. */
export async function startCyrus(options: Options = {}): Promise<RealServer> {
  const [plainPort = 0, tlsPort = 0, lmtpPort = 0] = await freePorts(3);
  const mechanisms = options.mechanisms ?? 'PLAIN SCRAM-SHA-256';
  const configuration = `configdirectory: /var/lib/cyrus
partition-default: /var/spool/cyrus/mail
defaultpartition: default
admins: cyrus
autocreate_quota: 0
autocreate_post: yes
sasl_pwcheck_method: ${options.withoutSecrets ? 'saslauthd' : 'auxprop'}
sasl_saslauthd_path: /run/saslauthd/mux
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: /etc/sasldb2
sasl_mech_list: ${mechanisms}
allowplaintext: no
munge8bit: no
tls_server_cert: /etc/pop3-certificate.pem
tls_server_key: /etc/pop3-key.pem
servername: localhost
popminpoll: 0
lmtpsocket: /run/cyrus/socket/lmtp
idlesocket: /run/cyrus/socket/idle
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
duplicate_db_path: /run/cyrus/deliver.db
tls_sessions_db_path: /run/cyrus/tls_sessions.db
statuscache_db_path: /run/cyrus/statuscache.db
`;
  const services = `START {
}
SERVICES {
  pop3 cmd="pop3d" listen="127.0.0.1:${plainPort}" prefork=0
  pop3s cmd="pop3d -s" listen="127.0.0.1:${tlsPort}" prefork=0
  lmtp cmd="lmtpd -a" listen="127.0.0.1:${lmtpPort}" prefork=0
}
EVENTS {
}
`;
  const secrets = options.withoutSecrets
    ? `${shadow}mkdir -p /run/saslauthd
saslauthd -a shadow -m /run/saslauthd
chmod 755 /run/saslauthd
`
    : `printf ${realUser.password} | saslpasswd2 -p -c -f /etc/sasldb2 -u localhost ann
chown cyrus:cyrus /etc/sasldb2
`;
  const script = `${account}
echo "cyrus:x:4243:4243::/var/lib/cyrus:/bin/sh" >>/etc/passwd
echo "cyrus:x:4243:" >>/etc/group
for name in db socket log msg proc ptclient sieve backup user quota; do mkdir -p /var/lib/cyrus/$name; done
mkdir -p /var/spool/cyrus/mail /run/cyrus/socket /run/cyrus/lock /run/cyrus/proc
cp /srv/imapd.conf /srv/cyrus.conf /etc/
chmod 644 /etc/imapd.conf /etc/cyrus.conf
cp /srv/certificate.pem /etc/pop3-certificate.pem
cp /srv/key.pem /etc/pop3-key.pem
${secrets}
chown cyrus:cyrus /etc/pop3-key.pem /etc/pop3-certificate.pem
chown -R cyrus:mail /var/lib/cyrus /var/spool/cyrus /run/cyrus
exec /usr/lib/cyrus/bin/master -D -C /etc/imapd.conf -M /etc/cyrus.conf
`;
  const files = { ...pems(), 'imapd.conf': configuration, 'cyrus.conf': services };
  const root = await startInOwnRoot('cyrus', [plainPort, tlsPort], script, files);
  return withPorts(root, plainPort, tlsPort, (letters) => deliverByLmtp(lmtpPort, letters));
}

/** Hands letters to Cyrus, which adds Return-Path and Received. RFC 2033. */
async function deliverByLmtp(port: number, letters: readonly Buffer[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  await reply(lines);
  await say(socket, lines, 'LHLO localhost');
  for (const letter of letters) {
    await say(socket, lines, 'MAIL FROM:<bob@example.org> BODY=8BITMIME');
    await say(socket, lines, 'RCPT TO:<ann>');
    await say(socket, lines, 'DATA');
    const text = letter.toString('latin1');
    const stuffed = text.replace(/^\./gm, '..');
    socket.write(`${stuffed}${stuffed.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
    await reply(lines);
  }
  await say(socket, lines, 'QUIT');
  socket.destroy();
}

async function say(socket: Socket, lines: AsyncIterator<string>, command: string): Promise<void> {
  socket.write(`${command}\r\n`);
  await reply(lines);
}

async function reply(lines: AsyncIterator<string>): Promise<void> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done || /^[45]/.test(value)) throw new Error(`LMTP: ${value}`);
    if (/^\d{3} /.test(value)) return;
  }
}
