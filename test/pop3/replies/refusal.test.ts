import { describe, expect, test } from 'vitest';
import { describeBytes, Transcript } from '../../../electron/pop3/connection/transcript.ts';
import { refusalFailure, refusesMechanism } from '../../../electron/pop3/replies/refusal.ts';
import { cleanServerText } from '../../../electron/pop3/replies/server-text.ts';
import { parseStatus } from '../../../electron/pop3/replies/status.ts';
import type { FailureStep } from '../../../shared/failure.ts';

function classify(words: string, step: FailureStep = 'sign-in'): string {
  const status = parseStatus(Buffer.from(`-ERR ${words}`));
  if (status === null) throw new Error('no status');
  const failure = refusalFailure(status, step, 0);
  const delay =
    failure.kind === 'login-delay' && failure.delaySeconds !== undefined ? ` ${failure.delaySeconds}` : '';
  const others = failure.kind === 'authentication' && failure.hasOtherReasons === true ? ' among others' : '';
  return `${failure.kind}${others}${delay}${failure.canRetry ? ', again' : ''}`;
}

describe('a refusal while signing in is understood', () => {
  const busy = 'mailbox-busy, again';
  const wrong = 'authentication';
  const several = 'authentication among others';
  const off = 'pop-disabled';
  const trouble = 'server-trouble, again';
  const cases: readonly (readonly [string, string])[] = [
    ['[IN-USE] Do you have another POP session running?', busy],
    ['[in-use] lower case', busy],
    ['maildrop already locked', busy],
    ['Unable to open mailbox: lock busy! Is another session active?', busy],
    ['your mailbox is locked by another POP3 session', busy],
    ['.mail lock busy! Is another session active? (11)', busy],
    ['another pop3 session is already active', busy],
    ['Mailbox is already in use', busy],
    ['too many simultaneous connections', busy],
    ['[SYS/TEMP] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=1)', busy],
    ["can't lock mailbox", busy],
    ['[LOGIN-DELAY] minimum time between mail checks violation', 'login-delay, again'],
    ['you must wait 5 minutes between logins', 'login-delay 300, again'],
    ['Please wait 30 seconds before the next login', 'login-delay 30, again'],
    ['too many login attempts, slow down', 'login-delay, again'],
    ['You have exceeded the login rate limit', 'login-delay, again'],
    ['[AUTH] Authentication failed.', wrong],
    ['[AUTH] Temporary? no, wrong', wrong],
    ['Authentication failed', wrong],
    ['authorization failed', wrong],
    ['Password supplied for "ann" is incorrect.', wrong],
    ['invalid password', wrong],
    ['Invalid login', wrong],
    ['Login failed.', wrong],
    ['no such user', wrong],
    ['bad user name', wrong],
    ['Logon failure: unknown user name or bad password.', wrong],
    ['Benutzername oder Passwort falsch', wrong],
    ['mot de passe incorrect', wrong],
    ['sorry', wrong],
    ['', wrong],
    ['[AUTH] Application-specific password required', wrong],
    ['[SYS/TEMP] Temporary system problem', trouble],
    ['[SYS/TEMP/X] finer code', trouble],
    ['[SYS/PERM] Your account is closed', 'server-trouble'],
    ['Temporary authentication failure', trouble],
    ['internal server error', trouble],
    ['Service temporarily unavailable, please try again later', trouble],
    ['cannot connect to database', trouble],
    ['server is shutting down', trouble],
    ['LDAP lookup failed', trouble],
    ['Plaintext authentication disallowed on non-secure (SSL/TLS) connections.', 'plaintext-not-allowed'],
    ['must issue a STLS command first', 'plaintext-not-allowed'],
    ['SSL connection required', 'plaintext-not-allowed'],
    ['Your account is not enabled for POP access', off],
    ['[SYS/PERM] Your account is not enabled for POP access. Please visit your settings', off],
    ['[SYS/PERM] Web login required', off],
    ['[AUTH] Web login required: https://support.example.com/78754', off],
    ['POP3 access disabled for this user', off],
    ['POP service is not open for this account', off],
    ['You have no permission to use POP3', off],
    ['请先登录网页，您没有权限使用pop3功能', off],
    ['Please enable POP in the settings of your mailbox', off],
    ['[SYS/TEMP] POP access is disabled for maintenance', trouble],
    ['[IN-USE] another POP session; POP3 is blocked', busy],
    ['[SYS/PERM] system error', 'server-trouble'],
    [
      'Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.',
      several,
    ],
    ['[AUTH] login failure or POP3 disabled, try later.', several],
    ['wrong user or password', wrong],
    ['message is damaged', trouble],
    ['mailbox file is corrupt', trouble],
    ['error reading maildrop', trouble],
    ['invalid mailbox format', trouble],
    ['Unable to process From lines (envelopes), check for corrupted mail drop', trouble],
    ['Account exceeded command or bandwidth limits', trouble],
    ['account has been suspended', 'server-refused'],
    ['[UNKNOWN-CODE] wrong password', wrong],
  ];
  for (const [words, expected] of cases)
    test(words === '' ? 'no words at all' : words, () => expect(classify(words)).toBe(expected));
});

describe('a refusal elsewhere', () => {
  const cases: readonly (readonly [string, FailureStep, string])[] = [
    ['no such message', 'download', 'server-refused'],
    ['message 3 already deleted', 'delete', 'server-refused'],
    ['[SYS/TEMP] try later', 'download', 'server-trouble, again'],
    ['cannot open message file', 'download', 'server-trouble, again'],
    ['some deleted messages not removed', 'quit', 'server-refused'],
    ['wrong password', 'list', 'server-refused'],
    ['Account exceeded command or bandwidth limits', 'download', 'server-trouble, again'],
    ['[SYS/PERM] message cannot be fetched by POP', 'download', 'server-trouble'],
  ];
  for (const [words, step, expected] of cases)
    test(`at ${step}: ${words}`, () => expect(classify(words, step)).toBe(expected));
});

describe('whether the mechanism is refused and not the person', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['unknown command', true],
    ['unrecognized authentication type', true],
    ['Unsupported authentication mechanism.', true],
    ['mechanism not available', true],
    ['command not implemented', true],
    ['AUTH not supported', true],
    ['authentication failed', false],
    ['unknown user', false],
    ['invalid password', false],
    ['[AUTH] unsupported authentication mechanism', false],
    ['no', false],
  ];
  for (const [words, expected] of cases)
    test(words, () => {
      const status = parseStatus(Buffer.from(`-ERR ${words}`));
      expect(status === null ? null : refusesMechanism(status)).toBe(expected);
    });
});

describe('a status line', () => {
  const lines: readonly (readonly [string, string])[] = [
    ['+OK', 'ok ""'],
    ['+OK hi', 'ok " hi"'],
    ['+ok hi', 'ok " hi"'],
    ['+OK-hi', 'ok "-hi"'],
    ['+OK1', 'ok "1"'],
    ['-ERR', 'err ""'],
    ['-err\tno', 'err "\tno"'],
    ['+ERR no', 'err " no"'],
    ['+OKAY', 'none'],
    ['-ERROR', 'none'],
    ['+ OK', 'none'],
    ['OK', 'none'],
    ['-OK', 'none'],
    ['+', 'none'],
    ['+O', 'none'],
    ['.', 'none'],
  ];
  for (const [line, expected] of lines)
    test(JSON.stringify(line), () => {
      const status = parseStatus(Buffer.from(line));
      const found =
        status === null ? 'none' : `${status.isOk ? 'ok' : 'err'} "${Buffer.from(status.bytes).toString()}"`;
      expect(found).toBe(expected);
    });
});

describe('what a person is shown', () => {
  test('has no control or bidirectional characters, and 512 characters at most', () => {
    expect([
      cleanServerText('a\x00\x1b[2Jb'),
      cleanServerText('\u202eabc\u2066d\u200f'),
      cleanServerText('x'.repeat(600)).length,
      cleanServerText(`${'x'.repeat(511)}\u{1f600}`).length,
      cleanServerText('  plain  '),
    ]).toEqual(['a [2Jb', 'abc d', 512, 511, 'plain']);
  });

  test('counts bytes in thousands', () => {
    expect([0, 999, 1000, 5120, 1_000_000, 1_002_003].map(describeBytes)).toEqual([
      '… 0 bytes',
      '… 999 bytes',
      '… 1,000 bytes',
      '… 5,120 bytes',
      '… 1,000,000 bytes',
      '… 1,002,003 bytes',
    ]);
  });

  test('is the end of a long log, oldest first', () => {
    const transcript = new Transcript();
    for (let line = 0; line < 10_000; line++) transcript.add('note', String(line));
    expect([transcript.entries.length, transcript.entries[0]?.text, transcript.entries.at(-1)?.text]).toEqual(
      [4000, '6000', '9999'],
    );
  });
});
