import type { AppState } from '../../shared/app-state.ts';
import type { Events, ReplyOf, RequestName, RequestOf } from '../../shared/contract.ts';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { PrintedBody } from '../../shared/message-view.ts';
import type { MovingInReport } from '../../shared/moving-in.ts';
import type { Result } from '../../shared/result.ts';
import type { PrivateCopy } from '../reading/attachment-files.ts';
import type { LinkJudgement } from '../reading/link-judgement.ts';
import type { SchemeContent } from '../reading/scheme-content.ts';

/*
 * What the shell and the engine worker say to each other: the page's requests that need no window pass straight
 * through; those that open dialogs, windows or programs stay in the shell, which asks the engine for the pieces
 * below. This file holds types and one list; it is the only file of this room that the shell may import.
 */

/** The page's requests that the shell answers itself, because they need a window, a dialog or another program. */
export const shellRequests = [
  'app/state',
  'message/read-file',
  'message/reply',
  'message/save',
  'message/print',
  'message/open-window',
  'reading/page',
  'reading/focus',
  'attachment/open',
  'attachment/save',
  'attachment/save-all',
  'attachment/drag',
  'link/answer',
  'server/save-transcript',
  'storage/backup',
  'storage/restore',
  'storage/export',
  'storage/import',
  'moving-in/choose',
  'storage/open-folder',
] as const satisfies readonly RequestName[];

/** Name of a request answered by the shell. */
export type ShellRequestName = (typeof shellRequests)[number];
/** Name of a request passed on to the engine. */
export type EngineRequestName = Exclude<RequestName, ShellRequestName>;

/** Requests only the shell makes, as [what it sends, what it gets]. */
type PrivateRequests = {
  /** Body page or part by the random token of one view; null where the token or the part is not known. */
  'content/read': [{ token: string; path: string }, SchemeContent | null];
  /** Opens an .eml file or a nested message as a message that is not stored; its id lives as long as the engine. */
  'content/open-file': [{ path: string }, Result<{ id: MessageId }, Failure>];
  /** A page that can be printed or saved: body with a head of sender, subject and date. */
  'content/printable': [
    { id: MessageId; body: PrintedBody },
    Result<{ token: string; title: string }, Failure>,
  ];
  'message/export': [
    { id: MessageId; as: 'eml' | 'html' | 'txt'; path: string; body?: PrintedBody },
    Result<{ path: string }, Failure>,
  ];
  'message/file-name': [{ id: MessageId }, string];
  /** mailto: address for the system's composer. RFC 6068. */
  'message/mailto': [
    { id: MessageId; kind: 'reply' | 'reply-all' | 'forward'; intro: string },
    Result<{ url: string }, Failure>,
  ];
  /** A private copy, 0400 in a 0700 folder of its own below `folder`, with what its name and bytes say. */
  'attachment/copy': [{ id: MessageId; part: string; folder: string }, Result<PrivateCopy, Failure>];
  'attachment/name': [{ id: MessageId; part: string }, string];
  /** Writes the decoded bytes to exactly `path`; the person has agreed to overwrite. */
  'attachment/write': [{ id: MessageId; part: string; path: string }, Result<{ path: string }, Failure>];
  /** Writes all attachments into `folder` under names that are free there. */
  'attachment/write-all': [{ id: MessageId; folder: string }, Result<{ count: number }, Failure>];
  'link/judge': [{ url: string; tokens: readonly string[] }, LinkJudgement];
  /** The main window is hidden or gone: live server views let their maildrops go, so that checks are not kept waiting. */
  'server/rest': [Record<string, never>, null];
  /** The computer goes to sleep. */
  'system/suspended': [Record<string, never>, null];
  /** The computer has woken up: connections from before are dead, and checks have become due. */
  'system/resumed': [Record<string, never>, null];
  'transcript/text': [{ accountId: RequestOf<'server/transcript'>['accountId'] }, string];
  'storage/backup-to': [{ path: string }, Result<{ path: string }, Failure>];
  'storage/restore-from': [{ path: string }, Result<{ messages: number }, Failure>];
  'storage/export-to': [
    RequestOf<'storage/export'> & { path: string },
    Result<{ path: string; count: number }, Failure>,
  ];
  'storage/import-from': [
    { accountId: RequestOf<'storage/import'>['accountId']; paths: readonly string[] },
    Result<{ count: number; skipped: number; leftOut: number }, Failure>,
  ];
  /** What would come from these paths, which the person chose. */
  'moving-in/look-at': [{ paths: readonly string[] }, Result<MovingInReport, Failure>];
  'app/engine-state': [Record<string, never>, Pick<AppState, 'keyring' | 'storeNotice' | 'settingsNotice'>];
  /** Closes sessions and the store; the worker can be ended afterwards. */
  'engine/close': [Record<string, never>, null];
};

/** Everything the engine answers: the page's requests and the shell's own. */
export type EngineCalls = {
  [Name in EngineRequestName]: [RequestOf<Name>, ReplyOf<Name>];
} & PrivateRequests;

/** Name of a call to the engine. */
export type EngineCallName = keyof EngineCalls;

/** New mail for the shell to announce; not for the page. */
export type NewMail = {
  readonly messages: readonly {
    readonly id: MessageId;
    readonly from: string;
    readonly subject: string;
    readonly preview: string;
  }[];
  readonly total: number;
  /** Name of the account it came to; null where there is only one. */
  readonly account: string | null;
};

/** Events of the engine: those of the page that it makes, and those for the shell. */
export type EngineEvents = Events & {
  'mail/arrived': NewMail;
  'unread/changed': { readonly unread: number };
  /** A page of a provider is to be opened in the system's browser, because the person asked to sign in there. */
  'browser/asked': { readonly url: string };
};

/** Name of an event of the engine. */
export type EngineEventName = keyof EngineEvents;

/** Tells the shell something. */
export type Emit = <Name extends EngineEventName>(name: Name, payload: EngineEvents[Name]) => void;

/** A message from the shell to the engine. */
export type ToEngine = {
  readonly kind: 'call';
  readonly call: number;
  readonly name: EngineCallName;
  readonly body: unknown;
};

/** A message from the engine to the shell. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unable'; readonly failure: Failure }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  /** A mistake in the program: logged by the engine under this reference. */
  | { readonly kind: 'broken'; readonly call: number; readonly reference: string }
  | { readonly kind: 'event'; readonly name: EngineEventName; readonly payload: unknown };

/** What the engine worker is started with. */
export type EngineStart = {
  /** User data folder. */
  readonly folder: string;
  /** Bundled entry of a parse worker. */
  readonly parseWorkerPath: string;
  /** Names of settings that only tests and benchmarks change. */
  readonly extraAuthorities: readonly string[];
};
