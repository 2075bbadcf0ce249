import type { Failure, FailureStep } from '../../../shared/failure.ts';
import { responseCode, type Status, statusText } from './status.ts';

/** Words that say another session holds the maildrop. */
const busyPattern =
  /\b(mail ?drop|mail ?box|spool|folder|inbox)\b.{0,60}\b(lock(ed|ing)?|in use|busy|being (used|accessed)|open(ed)?)\b|\block(ed|ing)? (the )?(mail ?drop|mail ?box|spool|file)|\b(unable|failed|cannot|can't|could not|couldn't) .{0,30}\block\b|\balready (logged[ -]?(in|on)|open|active|in use|connected|locked)|\banother (pop3?|session|user|process|client|program|connection)|\bis ?-?busy\b|\bpop3? (lock|session) |\btoo many (open |concurrent |simultaneous |active )?(connections|sessions|logins from)|\bmaximum number of (\w+ )?(connections|sessions)\b|\bconcurrent\b/i;

/** Words that say the last sign-in was too short ago. */
const delayPattern =
  /\blogin[- ]?delay\b|\btoo (often|frequent(ly)?|soon|fast|quickly|many (login|logon|sign-?in|authentication|auth|failed|attempts?|requests?|checks?|commands?))|\b(minimum|min\.?) .{0,40}\b(interval|between)|\bonce (every|per|in) |\bwait .{0,30}\b\d+ ?(s|sec|seconds?|m|min|minutes?)\b|\brate[- ]?limit|\bexceeded .{0,30}\b(login|check|rate|frequency)|\bthrottl|\bfrequency (is )?limited|\bmore than .{0,20}times/i;

/** Words that say the maildrop itself cannot be read. Some servers open it at the password and tell it there. */
const damagedPattern =
  /\b(message|mail|mail ?drop|mail ?box|spool|folder|inbox|index|cache|file)s?\b.{0,40}\b(damaged|corrupt\w*|broken|inconsisten\w*|unreadable|not readable|malformed)|\b(damaged|corrupt\w*|broken|inconsisten\w*|unreadable|malformed)\b.{0,30}\b(message|mail|mail ?drop|mail ?box|spool|folder|inbox|index|cache|file)|\b(error|failed|failure)\b.{0,20}\b(open|read|process|pars|scan|load|access)\w*\b.{0,20}\b(message|mail ?drop|mail ?box|spool|inbox)|\binvalid (mail ?drop|mail ?box|message|spool|index) (format|file|structure)/i;

/** Words that say the server has trouble which will pass. */
const troublePattern =
  /\b(bandwidth|command|quota|download|traffic)\b.{0,20}\b(limit|quota|exceeded)|\bexceeded .{0,40}\b(bandwidth|command|quota|download|traffic)|\bover quota\b|\bno space\b|\btemporar|\btry(ing)? (again )?(later|again)|\bunavailable\b|\binternal\b.{0,20}\berror|\bsystem (error|problem|busy|fail)|\bserver (error|problem|busy|fail|is (down|too busy))|\bback-?end\b|\bdatabase\b|\bmaintenance\b|\boverload|\bshutting down|\btimed? ?out\b|\bresources?\b|\bout of memory|\bdisk\b|\bi\/o error|\bcannot (connect|contact|open|access|read)|\bunable to (connect|contact|open|access|read)|\bldap\b/i;

/** Words that speak of the password or the name themselves. */
const passwordPattern =
  /\bpass ?(word|wd|phrase|code)s?\b|\bcredential|\bauth(entication|entifi\w*|oriz\w*)?\b.{0,24}\b(fail|error|invalid|unsuccess|denied|required|rejected|incorrect)|\b(invalid|incorrect|wrong|bad|unknown|no such)\b.{0,24}\b(login|logon|user|username|account|name|mailbox|auth|authentication|id)\b|\blog ?[io]n (failed|failure|denied|incorrect|invalid)|\b(kennwort|passwort|mot de passe|contrase(n|ñ)a|senha|has(ł|l)o|parola?|пароль|密码|口令|パスワード|wachtwoord)/i;

/** Words that say POP is off for this account, or that its owner must sign in on the web first; no password helps. */
const popOffPattern =
  /\b(not|isn't|never) (yet )?(been )?(enabled|allowed|permitted|activated|authori[sz]ed|available|switched on|turned on)\b.{0,40}\bpop|\bpop3?\b.{0,50}\b(disabled|deactivated|not (yet )?(been )?(enabled|allowed|permitted|activated|authori[sz]ed|available|switched on|turned on|open)|blocked|off|denied|forbidden|deaktiviert|nicht (aktiviert|freigeschaltet|erlaubt))\b|\b(disabled?|blocked|forbidden|no permission)\b.{0,30}\bpop3?\b|\b(enable|activate|(switch|turn) on) (the )?pop3?\b|\bweb[- ]?(site )?(log ?[io]n|sign[- ]?in) (is )?(required|needed)|\b(log|sign) ?[io]n (via|on|to|through|at|with) .{0,24}\b(web|browser)|\bpop3?.{0,12}(未开启|未开通|没有开启|已关闭|未启用)|(没有权限|无权)使用 ?pop/i;

/** Words that say the account itself may not be used; no password helps. */
const closedPattern =
  /\b(account|user|mailbox|subscription)\b.{0,30}\b(disabled|suspended|deactivated|expired|closed|blocked|frozen|terminated|locked out)|\baccount (is |has been )?(temporarily )?locked|\bservice .{0,16}not open/i;

/** Words that name the password itself, or the failed sign-in, as one reason among others. */
const passwordReason =
  /\bpass ?(word|wd|code)s?\b|\b(authori[sz]ation|auth) ?code\b|\b(log ?[io]n|sign[- ]?in|authentication) (fail(ed|ure)|error)|密码|授权码|пароль/i;

/** Words that join reasons to a list. */
const alternative = /\bor\b|\band\/or\b|\boder\b|\bou\b|\bили\b|或|\//i;

/** Words that say a password may not travel unprotected. */
const encryptionPattern =
  /\b(ssl|tls|stls|starttls|encrypt\w*|secure (connection|channel|link))\b.{0,50}\b(required|needed|first|only|must|mandatory)|\b(must|require[sd]?|need|use|issue|only)\b.{0,40}\b(ssl|tls|stls|starttls|encrypt\w*|secure (connection|channel|link))\b|\bplain ?text\b.{0,60}\b(disallow|not (allowed|permitted)|disabled|forbidden|prohibited|non-secure|insecure)|\b(disallow|disabled?|no)\w*\b.{0,20}\bplain ?text/i;

/** Words that refuse the way of signing in, not the password. */
const mechanismPattern =
  /\b(mechanism|auth(entication)? (type|method|scheme))\b.{0,40}\b(not|un|in|dis|no)\w*|\b(un|not |in|dis|no )\w* ?.{0,24}\b(mechanism|auth(entication)? (type|method|scheme))|\b(unknown|unrecogni[sz]ed|unimplemented|unsupported|invalid|bad|illegal|not implemented|not supported|not understood)\b.{0,16}\b(command|verb|keyword|operation)|^protocol error\b|\b(command|verb|auth)\b.{0,24}\b(unknown|unrecogni[sz]ed|unimplemented|unsupported|not (implemented|supported|recogni[sz]ed|understood|known|valid|enabled|available))|\bsyntax error|\bnot implemented\b/i;

/** Whether a refused AUTH spoke of the mechanism and not of the person: another way of signing in may be tried. */
export function refusesMechanism(status: Status): boolean {
  if (status.isOk || responseCode(status) !== null) return false;
  const text = statusText(status);
  return mechanismPattern.test(text) && !/\bpassword|\bcredential|\buser ?name/i.test(text);
}

/** Whether a refused AUTH spoke of its arguments: the server may not take an initial response. */
export function refusesArguments(status: Status): boolean {
  const text = statusText(status);
  return (
    refusesMechanism(status) &&
    /\b(syntax|arguments?|parameters?|initial response|too (many|long)|protocol error)\b/i.test(text)
  );
}

/**
 * Whether a refused sign-in that was bound to the TLS connection leaves the password in question. Whatever is no plain
 * word of a failed authentication and no trouble of the server refuses the binding: Cyrus says "bad protocol / cancel".
 */
export function refusesBinding(status: Status): boolean {
  if (status.isOk) return false;
  const failure = refusalFailure(status, 'sign-in');
  if (failure.kind !== 'authentication' && failure.kind !== 'server-refused') return false;
  const words = statusText(status)
    .replace(/^\[[^\]]*\]/, '')
    .trim();
  return words !== '' && (/\bchannel|\bbinding|\bprotocol\b/i.test(words) || !passwordPattern.test(words));
}

/** Whether a refused command was not known to the server at all. */
export function refusesCommand(status: Status): boolean {
  return !status.isOk && mechanismPattern.test(statusText(status));
}

/** Puts a refusal into the program's words: by its response code, else by what it says, else by where it happened. */
export function refusalFailure(status: Status, step: FailureStep, nowMs: number = Date.now()): Failure {
  const serverText = statusText(status);
  const code = responseCode(status);
  const facts = { step, serverText, ...(code === null ? {} : { responseCode: code }) };
  const byCode = code === null ? null : classifyCode(code, serverText, step, nowMs);
  return { ...facts, ...(byCode ?? classifyText(serverText, step, nowMs)) };
}

/**
 * Whether one sentence stands for every refusal and names the password among the reasons, as QQ's: "account is
 * abnormal, service is not open, password is incorrect, login frequency limited, or system is busy".
 */
function namesSeveralReasons(text: string): boolean {
  if (!passwordReason.test(text) || !alternative.test(text)) return false;
  return [busyPattern, delayPattern, popOffPattern, closedPattern].some((reason) => reason.test(text));
}

/** What the words say of a password, of POP being off, or of several reasons; null where they speak of none. */
function forThePerson(text: string): Failure | null {
  if (encryptionPattern.test(text)) return { kind: 'plaintext-not-allowed', canRetry: false };
  if (namesSeveralReasons(text)) return { kind: 'authentication', hasOtherReasons: true, canRetry: false };
  if (popOffPattern.test(text)) return { kind: 'pop-disabled', canRetry: false };
  return null;
}

function classifyCode(code: string, text: string, step: FailureStep, nowMs: number): Failure | null {
  if (code === 'IN-USE') return { kind: 'mailbox-busy', canRetry: true };
  if (code === 'LOGIN-DELAY') return loginDelay(text, nowMs);
  // Dovecot puts [AUTH] before "Plaintext authentication disallowed" too, Gmail before "Web login required".
  if (code === 'AUTH') return forThePerson(text) ?? { kind: 'authentication', canRetry: false };
  // Dovecot 2.3 puts [SYS/TEMP] before "Maximum number of connections from user+IP exceeded" too; other versions say [IN-USE].
  if (code === 'SYS/TEMP' || code.startsWith('SYS/TEMP/'))
    return { kind: busyPattern.test(text) ? 'mailbox-busy' : 'server-trouble', canRetry: true };
  if (code === 'SYS/PERM' || code.startsWith('SYS/PERM/')) {
    const isOff = step === 'sign-in' && popOffPattern.test(text);
    return { kind: isOff ? 'pop-disabled' : 'server-trouble', canRetry: false };
  }
  return null;
}

function classifyText(text: string, step: FailureStep, nowMs: number): Failure {
  const signInFailure = step === 'sign-in' ? classifySignIn(text) : null;
  if (signInFailure !== null) return signInFailure;
  if (busyPattern.test(text)) return { kind: 'mailbox-busy', canRetry: true };
  if (step === 'sign-in' && passwordPattern.test(text)) return { kind: 'authentication', canRetry: false };
  if (delayPattern.test(text)) return loginDelay(text, nowMs);
  if (troublePattern.test(text)) return { kind: 'server-trouble', canRetry: true };
  if (step === 'sign-in') return { kind: 'authentication', canRetry: false };
  return { kind: 'server-refused', canRetry: step === 'greeting' };
}

/** What only a refusal at sign-in can mean; null where its words are like those of any other. */
function classifySignIn(text: string): Failure | null {
  const plain = forThePerson(text);
  if (plain !== null) return plain;
  const speaksOfPassword = /\bpassword/i.test(text);
  if (damagedPattern.test(text) && !speaksOfPassword) return { kind: 'server-trouble', canRetry: true };
  if (/\btemporar\w*|\btry again later/i.test(text) && !speaksOfPassword && !busyPattern.test(text))
    return { kind: 'server-trouble', canRetry: true };
  if (closedPattern.test(text) && !speaksOfPassword) return { kind: 'server-refused', canRetry: false };
  return null;
}

function loginDelay(text: string, nowMs: number): Failure {
  const match = /(\d{1,6}) ?(seconds?|secs?|s\b|minutes?|mins?|m\b)/i.exec(text);
  if (match?.[1] === undefined) return { kind: 'login-delay', canRetry: true };
  const delaySeconds = Number(match[1]) * (match[2]?.toLowerCase().startsWith('m') === true ? 60 : 1);
  return { kind: 'login-delay', delaySeconds, canRetry: true, retryAt: nowMs + delaySeconds * 1000 };
}
