import type { Security } from '../../../shared/account.ts';
import { usualPort } from '../../../shared/ports.ts';
import type { RetentionPolicy } from '../../../shared/retention.ts';
import type { ForeignAccount } from '../found-mail/foreign-mail.ts';

/** A POP3 account of Claws Mail or Sylpheed, and the folder that its mail comes into, such as `#mh/Mail/inbox`. */
export type SylpheedAccount = { readonly account: ForeignAccount; readonly inbox: string };

/** Reads `accountrc`. No password stands in what is taken from it. */
export function accountsIn(text: string | null): SylpheedAccount[] {
  const sections = (text ?? '').split(/^\[/m).filter((section) => section.startsWith('Account:'));
  return sections.flatMap((section) => {
    const values = new Map<string, string>();
    for (const line of section.split(/\r?\n/)) {
      const at = line.indexOf('=');
      if (at > 0) values.set(line.slice(0, at), line.slice(at + 1));
    }
    const value = (name: string) => values.get(name) ?? '';
    // 0 is POP3.
    if (value('protocol') !== '0' || value('receive_server') === '') return [];
    const [, number = '1'] = /^Account: *(\d+)/.exec(section) ?? [];
    return [{ account: accountOf(`account${number}`, value), inbox: value('inbox') }];
  });
}

function accountOf(key: string, value: (name: string) => string): ForeignAccount {
  const security = securityOf(value('ssl_pop'));
  const user = value('user_id');
  return {
    key,
    name: value('account_name') || value('address') || user,
    address: value('address'),
    host: value('receive_server'),
    port:
      value('set_popport') === '1' ? Number(value('pop_port')) || usualPort(security) : usualPort(security),
    security,
    user,
    retention: retentionOf(value),
    deletesOnServerWhenDeletedHere: false,
    checkEveryMinutes: null,
  };
}

function securityOf(value: string): Security {
  if (value === '1') return 'tls';
  return value === '2' ? 'starttls' : 'none';
}

/** The days count only where mail is removed at all; else they are a left-over. */
function retentionOf(value: (name: string) => string): RetentionPolicy {
  if (value('remove_mail') !== '1') return { kind: 'keep' };
  const days = Number(value('message_leave_time')) || 0;
  return days > 0 ? { kind: 'remove-after-days', days } : { kind: 'remove-when-stored' };
}
