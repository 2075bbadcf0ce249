import { join } from 'node:path';
import type { ServerCertificate } from './authority.ts';

/** One maildrop of the private Dovecot. */
export type DovecotUser = {
  readonly name: string;
  readonly password: string;
  /** A token that XOAUTH2 and OAUTHBEARER accept for this user. */
  readonly accessToken?: string;
  readonly messages?: Iterable<Uint8Array | string>;
};

/** How the private Dovecot should behave; everything has a default that suits most tests. */
export type DovecotOptions = {
  /** Default: one user `anna` with the password `secret` and no messages. */
  readonly users?: readonly DovecotUser[];
  /** Dovecot's names, lower case; default: all that Dovecot 2.3 has and Poppy knows. */
  readonly mechanisms?: readonly string[];
  readonly tlsMinProtocol?: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
  readonly tlsMaxProtocol?: 'TLSv1.2' | 'TLSv1.3';
  /** The OpenSSL list of ciphers for TLS 1.2 and below. */
  readonly ciphers?: string;
  /** Refuses USER, PLAIN and LOGIN outside TLS; `host` is then 127.0.0.2, as Dovecot trusts its own address. */
  readonly disablePlaintext?: boolean;
  /** Without TLS altogether: no STLS, no port for implicit TLS. */
  readonly withoutTls?: boolean;
  readonly certificate?: ServerCertificate;
  /** More configuration in Dovecot's own words, read last. */
  readonly extra?: string;
};

type Place = DovecotOptions & {
  readonly folder: string;
  /** Names, not numbers: Dovecot takes no others. */
  readonly account: string;
  readonly group: string;
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly logFile: string;
};

const everyMechanism = [
  'plain',
  'login',
  'apop',
  'cram-md5',
  'scram-sha-1',
  'scram-sha-256',
  'xoauth2',
  'oauthbearer',
];

function tlsSettings(place: Place): string {
  if (place.withoutTls === true) return 'ssl = no';
  return `
ssl = yes
ssl_cert = <${join(place.folder, 'certificate.pem')}
ssl_key = <${join(place.folder, 'key.pem')}
ssl_min_protocol = ${place.tlsMinProtocol ?? 'TLSv1.2'}
import_environment = $import_environment OPENSSL_CONF=${join(place.folder, 'openssl.conf')}
${place.ciphers === undefined ? '' : `ssl_cipher_list = ${place.ciphers}`}`;
}

/** Dovecot 2.3's configuration for one private server that runs wholly as one unprivileged user. */
export function dovecotConfiguration(place: Place): string {
  const { account, group } = place;
  return `
protocols = pop3
listen = 127.0.0.1, 127.0.0.2
base_dir = ${join(place.folder, 'run')}
state_dir = ${join(place.folder, 'state')}
log_path = ${place.logFile}
default_internal_user = ${account}
default_internal_group = ${group}
default_login_user = ${account}
default_process_limit = 50
default_client_limit = 200
default_vsz_limit = 0
first_valid_uid = 1
mail_location = maildir:~/Maildir
# A test measures the client; the server's own disk should not be in the way.
mail_fsync = never
maildir_very_dirty_syncs = yes
mail_max_userip_connections = 0
auth_mechanisms = ${(place.mechanisms ?? everyMechanism).join(' ')}
auth_username_chars =
auth_username_format = %u
auth_failure_delay = 0
disable_plaintext_auth = ${place.disablePlaintext === true ? 'yes' : 'no'}
login_greeting = ready
${tlsSettings(place)}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${join(place.folder, 'oauth.conf')}
}
passdb {
  driver = passwd-file
  mechanisms = plain login apop cram-md5 scram-sha-1 scram-sha-256
  args = username_format=%u ${join(place.folder, 'users')}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${join(place.folder, 'users')}
  override_fields = uid=${account} gid=${group}
}
service anvil {
  chroot =
  # Without this each wrong password makes the next sign-in wait longer.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service auth {
  user = ${account}
}
service auth-worker {
  user = ${account}
}
service pop3 {
  process_min_avail = 1
}
service pop3-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener pop3 {
    address = 127.0.0.1, 127.0.0.2
    port = ${place.plainPort}
  }
  inet_listener pop3s {
    address = 127.0.0.1, 127.0.0.2
    port = ${place.withoutTls === true ? 0 : place.tlsPort}
    ssl = yes
  }
}
${place.extra ?? ''}
`;
}

/** Dovecot 2.3 has no setting for the highest version of TLS, but its library has. */
export function tlsLibraryConfiguration(highest: 'TLSv1.2' | 'TLSv1.3'): string {
  return `
openssl_conf = start
[start]
ssl_conf = defaults
[defaults]
system_default = versions
[versions]
MaxProtocol = ${highest}
`;
}

/** How Dovecot asks the test's own introspection server about an access token. */
export function oauthConfiguration(port: number): string {
  return `
introspection_mode = get
introspection_url = http://127.0.0.1:${port}/?token=
username_attribute = email
active_attribute = active
active_value = true
`;
}
