import { ChevronRight } from 'lucide-react';
import type { Failure } from '../../shared/failure.ts';
import type { FolderProblem } from '../../shared/folder.ts';
import { dayOfText, type Formats, useFormats } from './formats.ts';
import { type TextOf, useTexts } from './texts.tsx';

/** A failure in the person's language: what happened and what can be done. */
export type FailureText = { readonly sentence: string; readonly remedy: string };

/** Why a folder cannot have a name or a place. */
export function folderProblem(problem: string, t: TextOf): string {
  return t(`folder.problem.${problem as FolderProblem}`);
}

/** What happened, by kind; some kinds have a sentence for each of their forms. */
function sentenceOf(failure: Failure, t: TextOf, formats: Formats): string {
  const host = failure.host ?? t('failure.some-server');
  const port = failure.port === undefined ? '' : String(failure.port);
  switch (failure.kind) {
    case 'certificate':
      return t(`failure.certificate.${failure.problem}`, {
        host,
        validTo: dayOfText(failure.validTo ?? '', formats),
      });
    case 'authentication':
    case 'server-refused':
    case 'server-trouble':
      return t(formOf(failure)?.[0] ?? `failure.${failure.kind}.sentence`, { host });
    case 'not-pop3':
      return t(`failure.not-pop3.${failure.found}`, { host, port });
    case 'timeout':
      return t('failure.timeout.sentence', { host, seconds: Math.round(failure.timeoutMs / 1000) });
    case 'login-delay':
      return t('failure.login-delay.sentence', { host, seconds: failure.delaySeconds ?? 0 });
    case 'too-large':
      return t('failure.too-large.sentence', { size: formats.size(failure.limitBytes) });
    case 'messages-unfetched':
    case 'perhaps-here':
      return t(`failure.${failure.kind}.sentence`, { host, count: failure.count });
    case 'disk-full':
      return t('failure.disk-full.sentence', { stored: failure.stored ?? 0 });
    case 'unreadable-file':
      return unreadableSentence(failure, t);
    case 'bad-input':
      if (failure.field === 'folder') return folderProblem(failure.what, t);
      return t('failure.bad-input.sentence', { what: failure.what });
    case 'store-damaged':
      return t(`failure.${failure.kind}.sentence`, { what: failure.what });
    case 'account-exists':
      return t('failure.account-exists.sentence', { name: failure.name });
    case 'proxy-failed':
      return t(`failure.proxy-failed.${failure.why}`, { host });
    case 'internal':
      return t('failure.internal.sentence', { reference: failure.reference });
    default:
      return t(`failure.${failure.kind}.sentence`, { host, port });
  }
}

/** The sentences of forms that some kinds of failure have. */
const forms = {
  hangUp: ['failure.authentication.hang-up', 'failure.authentication.hang-up.remedy'],
  severalReasons: ['failure.authentication.other-reasons', 'failure.authentication.other-reasons.remedy'],
  account: ['failure.server-refused.account', 'failure.server-refused.account.remedy'],
  lasting: ['failure.server-trouble.lasting', 'failure.server-trouble.lasting.remedy'],
} as const;

/** The sentence and the remedy of a failure whose kind has several forms; null where its kind says enough. */
function formOf(failure: Failure): (typeof forms)[keyof typeof forms] | null {
  switch (failure.kind) {
    case 'authentication':
      if (failure.isHangUp === true) return forms.hangUp;
      return failure.hasOtherReasons === true ? forms.severalReasons : null;
    case 'server-refused':
      return !failure.canRetry && failure.step === 'sign-in' ? forms.account : null;
    case 'server-trouble':
      return failure.canRetry ? null : forms.lasting;
    default:
      return null;
  }
}

/** The system's message for a file that is not there or may not be read: its code first, the path last. */
const systemErrorPattern = /^(E[A-Z]+): .*?(?:'([^']*)')?$/s;

function unreadableSentence({ why, what }: Extract<Failure, { kind: 'unreadable-file' }>, t: TextOf): string {
  if (why !== undefined) return t(`failure.unreadable-file.${why}`, { what });
  const [, code = '', path = what] = systemErrorPattern.exec(what) ?? [];
  if (code === 'ENOENT') return t('failure.unreadable-file.missing', { what: path });
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) return t('failure.unreadable-file.not-allowed', { what: path });
  return t('failure.unreadable-file.sentence', { what });
}

function remedyOf(failure: Failure, t: TextOf): string {
  if (failure.kind === 'unreadable-file' && failure.why !== undefined)
    return t(
      failure.why === 'not-mail' ? 'failure.unreadable-file.mail-files' : 'failure.unreadable-file.save',
    );
  const form = formOf(failure);
  if (form !== null) return t(form[1]);
  return t(`failure.${failure.kind}.remedy`);
}

/** Says a failure in the person's language. */
export function failureText(failure: Failure, t: TextOf, formats: Formats): FailureText {
  const remedy =
    failure.retryAt === undefined
      ? remedyOf(failure, t)
      : `${remedyOf(failure, t)} ${t('failure.again-at', { time: formats.time(failure.retryAt) })}`;
  return { sentence: sentenceOf(failure, t, formats), remedy };
}

/** What the server itself said, with the code in front that its reply had, once. RFC 2449 §8. */
function repliedText(text: string, code: string | undefined): string {
  return code === undefined || text.startsWith('[') ? text : `[${code}] ${text}`;
}

type FailureNoteProps = {
  readonly failure: Failure;
  /** A further sentence of what can be done, for those who know more of the circumstances. */
  readonly advice?: string | null;
};

/** What went wrong, what to do, and, folded, what the server itself said. */
export function FailureNote({ failure, advice = null }: FailureNoteProps) {
  const t = useTexts();
  const formats = useFormats();
  const { sentence, remedy } = failureText(failure, t, formats);
  return (
    <div className="failure">
      <p className="failure-sentence">{sentence}</p>
      <p className="failure-remedy">{remedy}</p>
      {advice !== null && <p className="failure-remedy">{advice}</p>}
      {failure.serverText !== undefined && failure.serverText !== '' && (
        <details className="failure-server">
          <summary>
            <ChevronRight size={14} aria-hidden="true" />
            {t('failure.server-text')}
          </summary>
          <code>{repliedText(failure.serverText, failure.responseCode)}</code>
        </details>
      )}
    </div>
  );
}
