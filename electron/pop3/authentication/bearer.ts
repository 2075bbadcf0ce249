import { fixedSteps, type Mechanism, MechanismError, sendable } from './mechanism.ts';
import { saslName } from './scram-messages.ts';

/** Who signs in with an access token, and where; the server compares host and port with its own. */
type BearerAccess = {
  readonly user: string;
  readonly accessToken: string;
  readonly host: string;
  readonly port: number;
};

const separator = '\x01';

function checkedToken({ user, accessToken }: BearerAccess): string {
  sendable('user', user);
  sendable('accessToken', accessToken);
  // RFC 6750 §2.1 allows still less. Here it is enough that no byte can end the field or the message.
  if (!/^[\x21-\x7e]+$/.test(accessToken) || user.includes(separator))
    throw new MechanismError('the access token or the user holds characters that cannot be sent', {
      kind: 'bad-input',
      field: 'accessToken',
      what: 'holds characters that cannot be sent',
      step: 'sign-in',
      canRetry: false,
    });
  return accessToken;
}

/**
 * XOAUTH2: Google's and Microsoft's first form of signing in with an access token. A refusal comes as a challenge
 * with a JSON text, which takes an empty answer before the server says -ERR.
 */
export function xoauth2(access: BearerAccess): Mechanism {
  const token = checkedToken(access);
  const message = Buffer.from(`user=${access.user}${separator}auth=Bearer ${token}${separator}${separator}`);
  return fixedSteps('XOAUTH2', true, [() => message, () => new Uint8Array()]);
}

/** OAUTHBEARER: the standard form of XOAUTH2; a refusal takes the one byte 0x01 as answer. RFC 7628 §3.1, §3.2.3. */
export function oauthBearer(access: BearerAccess): Mechanism {
  const token = checkedToken(access);
  const fields = [`host=${access.host}`, `port=${access.port}`, `auth=Bearer ${token}`];
  const message = Buffer.from([`n,a=${saslName(access.user)},`, ...fields, '', ''].join(separator));
  return fixedSteps('OAUTHBEARER', true, [() => message, () => Buffer.from(separator)]);
}
