import type { Security } from '../../../shared/account.ts';
import { usualPort } from '../../../shared/ports.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import type { ForeignAccount } from '../found-mail/foreign-mail.ts';
import { numberPref, type Prefs, textPref } from './prefs.ts';

/** An account of Thunderbird, also one that is not POP3. */
export type ThunderbirdAccount = {
  readonly key: string;
  readonly type: string;
  /** Where its mail is: `directory-rel`, then what `directory` ends with. Relative to the profile, or empty. */
  readonly folders: readonly string[];
  /** Absolute path of its mail as it was where the profile was made. */
  readonly absoluteFolder: string;
  /** The account in whose Inbox its mail is kept. */
  readonly deferredTo: string | null;
  /** `user@host`, as addresses of its folders name it. */
  readonly folderHost: string;
  readonly pop3: ForeignAccount | null;
};

/** The accounts of a profile. */
export function accountsOf(prefs: Prefs): ThunderbirdAccount[] {
  const keys = textPref(prefs, 'mail.accountmanager.accounts').split(',');
  return keys.flatMap((key) => {
    const server = textPref(prefs, `mail.account.${key.trim()}.server`);
    return server === '' ? [] : [accountOf(prefs, key.trim(), `mail.server.${server}.`)];
  });
}

function accountOf(prefs: Prefs, key: string, server: string): ThunderbirdAccount {
  const type = textPref(prefs, `${server}type`);
  const relative = textPref(prefs, `${server}directory-rel`).replace(/^\[ProfD\]/, '');
  const absoluteFolder = textPref(prefs, `${server}directory`).replaceAll('\\', '/');
  const last = absoluteFolder.split('/').filter(Boolean).at(-1);
  const user = textPref(prefs, `${server}userName`);
  const host = textPref(prefs, `${server}hostname`);
  return {
    key,
    type,
    folders: [relative, ...(last === undefined ? [] : [`Mail/${last}`])].filter(isInside),
    absoluteFolder,
    deferredTo: textPref(prefs, `${server}deferred_to_account`) || null,
    folderHost: `${encodeURIComponent(user)}@${host}`.toLowerCase(),
    pop3: type === 'pop3' && host !== '' ? pop3Account(prefs, key, server) : null,
  };
}

function isInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
}

function pop3Account(prefs: Prefs, key: string, server: string): ForeignAccount {
  const [identity = ''] = textPref(prefs, `mail.account.${key}.identities`).split(',');
  const user = textPref(prefs, `${server}realuserName`) || textPref(prefs, `${server}userName`);
  const host = textPref(prefs, `${server}realhostname`) || textPref(prefs, `${server}hostname`);
  const address = textPref(prefs, `mail.identity.${identity}.useremail`);
  const security = securityOf(numberPref(prefs, `${server}socketType`) ?? 0);
  const checks = prefs.get(`${server}check_new_mail`) === true;
  return {
    key,
    name: textPref(prefs, `${server}name`) || address || user,
    address: address || (user.includes('@') ? user : `${user}@${host}`),
    host,
    port: numberPref(prefs, `${server}port`) ?? usualPort(security),
    security,
    user,
    retention: retentionOf(prefs, server),
    deletesOnServerWhenDeletedHere: prefs.get(`${server}delete_mail_left_on_server`) === true,
    checkEveryMinutes: checks ? (numberPref(prefs, `${server}check_time`) ?? 10) : null,
  };
}

/** 0 plain, 1 STARTTLS where it can be had, 2 STARTTLS, 3 TLS. Never less than before. */
function securityOf(socketType: number): Security {
  if (socketType === 3) return 'tls';
  return socketType === 1 || socketType === 2 ? 'starttls' : 'none';
}

function retentionOf(prefs: Prefs, server: string): RetentionPolicy {
  if (prefs.get(`${server}leave_on_server`) !== true) return { kind: 'remove-when-stored' };
  if (prefs.get(`${server}delete_by_age_from_server`) !== true) return { kind: 'keep' };
  const days = numberPref(prefs, `${server}num_days_to_leave_on_server`) ?? 7;
  return { kind: 'remove-after-days', days: Math.max(1, days) };
}
