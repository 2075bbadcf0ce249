import { z } from 'zod';
import type {
  CertificateQuestion,
  SearchProgress,
  SettingsCandidate,
  TestOutcome,
  TestStep,
} from './account-setup.ts';
import type { AccountState, CheckProgress, CheckRecord, VaultStatus } from './account-state.ts';
import type { AppState } from './app-state.ts';
import type { Failure } from './failure.ts';
import type { FolderId, FolderTree } from './folder.ts';
import type { AccountId } from './ids.ts';
import type { ListPage, SearchCoverage, Undoable } from './message-list.ts';
import type { MessageView } from './message-view.ts';
import type { FoundMail, MovingInReport } from './moving-in.ts';
import type { OAuthEndpoints, OAuthOffer } from './oauth.ts';
import type { PlaceCount, SavedSearch, Tag } from './places.ts';
import type { Preferences } from './preferences.ts';
import type { Result } from './result.ts';
import type { Rule } from './rule.ts';
import { accountChoices, server } from './schemas/account.ts';
import { accountId, messageId, nothing, partPath, text, wholeNumber } from './schemas/basic.ts';
import { folder, folderId, typedFolderName } from './schemas/folder.ts';
import { bodyView, markChange, printedBody } from './schemas/message.ts';
import { filter, listWindow, place, selection, sort } from './schemas/message-list.ts';
import { oauthEndpoints, oauthSettings } from './schemas/oauth.ts';
import { savedSearches, tags } from './schemas/places.ts';
import { preferenceChanges } from './schemas/preferences.ts';
import { proxy, proxyChoice } from './schemas/proxy.ts';
import { rule } from './schemas/rule.ts';
import { serverKeys, serverRowsWhere, serverSort } from './schemas/server-view.ts';
import type { SearchAdvice } from './search/advice.ts';
import type { ServerDeletion, ServerRow, ServerSpace, ServerView, TranscriptLine } from './server-view.ts';
import type { StorageState } from './storage-state.ts';
import { unfetchedChoices } from './unfetched-message.ts';

/*
 * The contract between the page and the program: every request with the schema of what the page may send and the
 * type of the answer, and every event with its payload. The page shows hostile HTML, so nothing it sends is taken
 * unchecked. Passwords travel one way, in.
 */

/** Ties a request's schema to the type of its answer, which exists for the compiler only. */
function request<Schema extends z.ZodType, Reply>(schema: Schema): { schema: Schema; reply?: () => Reply } {
  return { schema };
}
/** A request schema whose answer is of type Reply. */
const answering = <Reply>() => ({
  to: <Schema extends z.ZodType>(schema: Schema) => request<Schema, Reply>(schema),
});

type Fallible<Value> = Result<Value, Failure>;
type Done = Fallible<null>;

/** Every request by name (`noun/verb`), with its schema and the type of its answer. */
export const requests = {
  'app/state': answering<AppState>().to(nothing),
  'preferences/read': answering<Preferences>().to(nothing),
  'preferences/update': answering<null>().to(preferenceChanges),

  'account/list': answering<readonly AccountState[]>().to(nothing),
  /** Looks for settings; `attempt` names the search for its events and for stopping it. Only the domain leaves. */
  'account/discover': answering<Fallible<readonly SettingsCandidate[]>>().to(
    z.object({ attempt: text(40), address: text(320) }),
  ),
  /**
   * Signs in once and looks at the mailbox; without password and grant the stored secret of `accountId` is used. A key that
   * was not trusted when it was stored sees it only if `allowsNewKey`.
   */
  'account/test': answering<Fallible<TestOutcome>>().to(
    z.object({
      attempt: text(40),
      server,
      password: text(4096).nullable(),
      grant: text(64).exactOptional(),
      accountId: accountId.nullable(),
      allowsNewKey: z.boolean(),
    }),
  ),
  /** Lets a server be signed in to in a way that protects less than one that has worked there. */
  'account/allow-weaker-sign-in': answering<null>().to(server.pick({ host: true, port: true })),
  'account/stop-attempt': answering<null>().to(z.object({ attempt: text(40) })),
  /** Password, or the token of the grant, goes to the keyring, the rest to the settings; then the first check begins. */
  'account/add': answering<Fallible<{ accountId: AccountId; keyring: VaultStatus }>>().to(
    z.object({ choices: accountChoices, password: text(4096), grant: text(64).exactOptional() }),
  ),
  'account/add-sample': answering<Fallible<{ accountId: AccountId }>>().to(nothing),
  /** The stored password is forgotten where it may not go by the new settings; `allowsNewKey` as in the test. */
  'account/update': answering<Done>().to(
    z.object({ accountId, choices: accountChoices, allowsNewKey: z.boolean() }),
  ),
  'account/set-password': answering<Fallible<{ keyring: VaultStatus }>>().to(
    z.object({ accountId, password: text(4096) }),
  ),
  /** What is to become of a message that cannot be fetched; a check carries it out at once. */
  'account/decide-unfetched': answering<Done>().to(
    z.object({ accountId, key: text(300), choice: z.enum(unfetchedChoices) }),
  ),
  /** Whether messages that seem to be here already are fetched, or left on the server; a check carries it out at once. */
  'account/decide-perhaps-here': answering<Done>().to(
    z.object({ accountId, choice: z.enum(['fetch', 'leave']) }),
  ),
  /** The person has seen the notice of messages that may not be whole. */
  'account/see-doubtful': answering<null>().to(z.object({ accountId })),
  /** What is known of signing in in the browser for a server; null where nothing is. */
  'sign-in/offer': answering<OAuthOffer | null>().to(
    z.object({ host: text(253), providerName: text(100).nullable(), endpoints: oauthEndpoints.nullable() }),
  ),
  /** The addresses that an issuer publishes. RFC 8414. */
  'sign-in/issuer': answering<Fallible<OAuthEndpoints>>().to(z.object({ issuer: text(300) })),
  /**
   * Opens the system's browser and waits until the person has signed in. The page gets the name of a grant, never a
   * token. The texts are shown by the browser when it comes back.
   */
  'sign-in/begin': answering<Fallible<{ grant: string }>>().to(
    z.object({
      attempt: text(40),
      oauth: oauthSettings,
      address: text(320),
      texts: z.object({ done: text(300), refused: text(300) }),
      proxy: proxyChoice.exactOptional(),
    }),
  ),
  'sign-in/stop': answering<null>().to(z.object({ attempt: text(40) })),
  /** Gives an account the token of a new sign-in, and checks it. */
  'sign-in/take-over': answering<Fallible<{ keyring: VaultStatus }>>().to(
    z.object({ accountId, grant: text(64) }),
  ),
  /** Keeps the password for a proxy in the keyring; an empty one is forgotten. */
  'proxy/set-password': answering<Done>().to(z.object({ proxy, password: text(1_000) })),
  'account/remove': answering<Done>().to(z.object({ accountId, keepMail: z.boolean() })),

  'mailbox/list': answering<ListPage>().to(
    z.object({ place, filter, sort, groupsByConversation: z.boolean(), ...listWindow }),
  ),
  'mailbox/counts': answering<readonly PlaceCount[]>().to(nothing),
  /** How much of the mail a search can find by now; asked again after each `mailbox/changed`. */
  'search/coverage': answering<SearchCoverage>().to(nothing),
  /** What may help with a search that finds little: another spelling, another keyboard layout. */
  'search/advice': answering<readonly SearchAdvice[]>().to(z.object({ query: text(1000) })),
  /** Other messages of the same conversation, oldest first. */
  'mailbox/conversation': answering<ListPage>().to(z.object({ id: messageId })),

  /** Every mailbox and every folder that a person made. */
  'folder/list': answering<FolderTree>().to(nothing),
  /** Fails with `bad-input`, the field `folder` and a FolderProblem where the name or the place cannot be. */
  'folder/make': answering<Fallible<{ folderId: FolderId }>>().to(
    z.object({ accountId, parentId: folderId.nullable(), name: typedFolderName }),
  ),
  'folder/rename': answering<Done>().to(z.object({ folderId, name: typedFolderName })),
  /** Into another folder of the same mailbox, or to its top. */
  'folder/move': answering<Done>().to(z.object({ folderId, parentId: folderId.nullable() })),
  'folder/set-favourite': answering<Done>().to(z.object({ folderId, isFavourite: z.boolean() })),
  /** With the folders in it. Their mail goes to the Trash. `message/undo` brings all of it back. */
  'folder/delete': answering<Fallible<Undoable>>().to(z.object({ folderId })),

  'message/read': answering<Fallible<MessageView>>().to(z.object({ id: messageId, body: bodyView })),
  /** The file this window was opened for, shown like a message. */
  'message/read-file': answering<Fallible<MessageView>>().to(z.object({ body: bodyView })),
  /** A page of the message scheme with the source, cut at 2 MB. */
  'message/source': answering<Fallible<{ url: string; isCut: boolean }>>().to(
    z.object({ id: messageId, isDark: z.boolean() }),
  ),
  /** Header lines as they came, decoded. */
  'message/headers': answering<Fallible<readonly { name: string; value: string }[]>>().to(
    z.object({ id: messageId }),
  ),
  'message/mark': answering<Fallible<Undoable>>().to(z.object({ selection, change: markChange })),
  /** Mail of another mailbox than the folder's is written anew there, and goes to the Trash of its own. */
  'message/move': answering<Fallible<Undoable>>().to(z.object({ selection, to: folder })),
  /** To the Trash here and, if asked, marked to be deleted on the server at the next check. */
  'message/delete': answering<Fallible<Undoable>>().to(z.object({ selection, alsoOnServer: z.boolean() })),
  'message/undo': answering<Fallible<{ count: number }>>().to(z.object({ undoToken: text(100) })),
  'message/download-rest': answering<Done>().to(z.object({ id: messageId })),
  /** Hands over to the system's composer by a mailto: address; `intro` stands before the quoted text. */
  'message/reply': answering<Done>().to(
    z.object({ id: messageId, kind: z.enum(['reply', 'reply-all', 'forward']), intro: text(4_000) }),
  ),
  'message/choose-charset': answering<Done>().to(z.object({ id: messageId, charset: text(40).nullable() })),
  'message/allow-remote': answering<Done>().to(
    z.object({ id: messageId, scope: z.enum(['sender', 'domain']) }),
  ),
  /** Asks where to and saves; null where the person thought better of it. */
  'message/save': answering<Fallible<{ path: string } | null>>().to(
    z.object({
      id: messageId,
      as: z.enum(['eml', 'html', 'txt', 'pdf']),
      body: printedBody.optional(),
    }),
  ),
  'message/print': answering<Done>().to(z.object({ id: messageId, body: printedBody.optional() })),
  'message/open-window': answering<Done>().to(z.object({ id: messageId })),
  /**
   * Moves the body in a frame on by a page, or back. `at` is the middle of the frame in the window and its height, in
   * CSS pixels. Nothing moves where the end was reached before.
   */
  'reading/page': answering<{ wasAtEnd: boolean }>().to(
    z.object({
      url: text(300),
      isForward: z.boolean(),
      at: z.object({ x: z.number(), y: z.number(), height: z.number().positive() }),
    }),
  ),
  /** Whether the frame of a message has the focus, which only the page knows. */
  'reading/focus': answering<null>().to(z.object({ isInMessage: z.boolean() })),
  /** What of these is in the Trash goes for good; what is elsewhere stays. */
  'trash/delete': answering<Fallible<{ count: number }>>().to(z.object({ selection })),
  'trash/empty': answering<Fallible<{ count: number }>>().to(z.object({ accountId: accountId.nullable() })),

  /** Opens in the system's program; `save-only` says that this type can run or load and was not opened. */
  'attachment/open': answering<
    Fallible<{ outcome: 'opened' } | { outcome: 'save-only'; reason: string }>
  >().to(z.object({ id: messageId, part: partPath })),
  'attachment/save': answering<Fallible<{ path: string } | null>>().to(
    z.object({ id: messageId, part: partPath }),
  ),
  'attachment/save-all': answering<Fallible<{ folder: string; count: number } | null>>().to(
    z.object({ id: messageId }),
  ),
  /** A page in the message scheme that shows an image, a PDF's text or a text. */
  'attachment/preview': answering<Fallible<{ url: string; kind: 'image' | 'pdf' | 'text' | 'message' }>>().to(
    z.object({ id: messageId, part: partPath, isDark: z.boolean() }),
  ),
  /** Starts a drag of the file out of the window; a type that can run or load is not dragged. */
  'attachment/drag': answering<
    Fallible<{ outcome: 'dragged' } | { outcome: 'save-only'; reason: string }>
  >().to(z.object({ id: messageId, part: partPath })),

  /** The person's answer to the `link/asked` event of that number. */
  'link/answer': answering<null>().to(z.object({ question: z.number().int(), opens: z.boolean() })),

  'check/start': answering<Done>().to(z.object({ accountId: accountId.nullable() })),
  'check/stop': answering<null>().to(z.object({ accountId: accountId.nullable() })),
  'check/history': answering<readonly CheckRecord[]>().to(z.object({ accountId: accountId.nullable() })),

  /** Opens the maildrop, or says why it cannot. What it is like then comes with `server/changed`. */
  'server/open': answering<Done>().to(z.object({ accountId })),
  'server/view': answering<ServerView>().to(z.object({ accountId })),
  'server/close': answering<null>().to(z.object({ accountId })),
  'server/rows': answering<{ total: number; rows: readonly ServerRow[] }>().to(
    z.object({ accountId, sort: serverSort, ...listWindow }),
  ),
  /** Headers of these rows first (the ones in sight), then the rest unless stopped. */
  'server/want-headers': answering<null>().to(z.object({ accountId, keys: serverKeys })),
  'server/fetch-headers': answering<null>().to(z.object({ accountId, run: z.boolean() })),
  'server/preview': answering<Fallible<{ text: string; subject: string; from: string }>>().to(
    z.object({ accountId, key: text(200) }),
  ),
  /** Plans something for rows. Answers how many of them are planned so now: what is stored here is not downloaded. */
  'server/plan': answering<{ planned: number }>().to(
    z.object({ accountId, keys: serverKeys, plan: z.enum(['download', 'delete']).nullable() }),
  ),
  /** Rows that fit: a helper for selecting. */
  'server/find': answering<readonly string[]>().to(z.object({ accountId, where: serverRowsWhere })),
  'server/space': answering<ServerSpace>().to(z.object({ accountId })),
  /** RETR, then DELE, then QUIT. `keepInBin` stores whole messages not stored here before they go. */
  'server/apply': answering<Done>().to(z.object({ accountId, keepInBin: z.boolean() })),
  'server/undo': answering<Done>().to(z.object({ accountId })),
  'server/command': answering<Fallible<{ reply: string }>>().to(z.object({ accountId, line: text(200) })),
  'server/transcript': answering<readonly TranscriptLine[]>().to(z.object({ accountId })),
  'server/save-transcript': answering<Fallible<{ path: string } | null>>().to(z.object({ accountId })),
  'server/deletions': answering<readonly ServerDeletion[]>().to(
    z.object({ accountId: accountId.nullable() }),
  ),

  'rule/list': answering<readonly Rule[]>().to(nothing),
  'rule/save': answering<readonly Rule[]>().to(z.object({ rules: z.array(rule).max(500).readonly() })),
  'rule/dry-run': answering<{ matched: number; sample: ListPage }>().to(z.object({ rule })),
  'tag/list': answering<readonly Tag[]>().to(nothing),
  'tag/save': answering<null>().to(z.object({ tags })),
  /**
   * Gives a tag another name on every message and in every rule. Tags below it, by `/`, go along. A name that another
   * tag has joins the two.
   */
  'tag/rename': answering<Done>().to(z.object({ from: text(100), to: text(100) })),
  'saved-search/list': answering<readonly SavedSearch[]>().to(nothing),
  'saved-search/save': answering<readonly SavedSearch[]>().to(z.object({ searches: savedSearches })),
  'remote/list': answering<readonly { scope: 'sender' | 'domain'; value: string }[]>().to(nothing),
  'remote/remove': answering<null>().to(z.object({ scope: z.enum(['sender', 'domain']), value: text(320) })),

  'storage/state': answering<StorageState>().to(nothing),
  /** Re-reads every record; the damaged ones are named. */
  'storage/verify': answering<Fallible<{ checked: number; damaged: readonly string[] }>>().to(nothing),
  'storage/compact': answering<Fallible<{ freedBytes: number }>>().to(nothing),
  'storage/backup': answering<Fallible<{ path: string } | null>>().to(nothing),
  'storage/restore': answering<Fallible<{ messages: number } | null>>().to(nothing),
  'storage/export': answering<Fallible<{ path: string; count: number } | null>>().to(
    z.object({ format: z.enum(['eml', 'mbox', 'tar', 'maildir']), accountId: accountId.nullable() }),
  ),
  'storage/import': answering<Fallible<{ count: number; skipped: number; leftOut: number } | null>>().to(
    z.object({ accountId, source: z.enum(['files', 'folder']) }),
  ),
  /** Mail of other programs at the usual places. */
  'moving-in/find': answering<readonly FoundMail[]>().to(nothing),
  /** What would come from one of the places that were found last, by its index. */
  'moving-in/look': answering<Fallible<MovingInReport>>().to(z.object({ index: wholeNumber(0, 1000) })),
  /** The same for what the person chooses in a dialog; null where nothing was chosen. */
  'moving-in/choose': answering<Fallible<MovingInReport | null>>().to(
    z.object({ source: z.enum(['files', 'folder']) }),
  ),
  /** Brings in what was looked at last. `storage/progress` tells how far it is, in bytes. */
  'moving-in/start': answering<Fallible<MovingInReport>>().to(nothing),
  'moving-in/stop': answering<null>().to(nothing),
  'storage/open-folder': answering<null>().to(nothing),
} as const;

/** Name of a request. */
export type RequestName = keyof typeof requests;
/** What the page sends with a request. */
export type RequestOf<Name extends RequestName> = z.input<(typeof requests)[Name]['schema']>;
/** What the page gets back. */
export type ReplyOf<Name extends RequestName> = ReturnType<NonNullable<(typeof requests)[Name]['reply']>>;

/**
 * Requests for the whole of a state that events change: a document asks once, then follows the events. They are
 * answered without waiting, so that every event that comes before the answer is in it and every later one is not. No
 * other request answers such a state.
 */
export type SnapshotName = 'preferences/read' | 'account/list' | 'folder/list' | 'tag/list' | 'server/view';

/** Every event by name (`noun/state`), with its payload. */
export type Events = {
  /** Stored mail changed: lists, counts and open conversations are asked for again. */
  'mailbox/changed': { readonly accountIds: readonly AccountId[] };
  'account/changed': readonly AccountState[];
  'check/progress': CheckProgress;
  'check/ended': CheckRecord;
  'account/discovery-progress': SearchProgress & { readonly attempt: string };
  'account/test-step': { readonly attempt: string; readonly step: TestStep };
  'account/certificate-asked': { readonly attempt: string; readonly question: CertificateQuestion };
  'server/changed': ServerView;
  'server/headers': { readonly accountId: AccountId; readonly rows: readonly ServerRow[] };
  'server/transcript-line': { readonly accountId: AccountId; readonly lines: readonly TranscriptLine[] };
  'preferences/changed': Preferences;
  'tags/changed': readonly Tag[];
  'folders/changed': FolderTree;
  /** Target of the link under the pointer in a message, for the window's own line; null when it left. */
  'link/hovered': { readonly url: string | null; readonly host: string | null };
  /** A link that is not what it seems: the person decides. */
  'link/asked': {
    readonly question: number;
    readonly url: string;
    readonly host: string;
    readonly hostAscii: string;
    readonly reasons: readonly string[];
  };
  /** A link in a message to one of its files was followed; `token` is the host of the page that shows the message. */
  'message/part-asked': { readonly token: string; readonly part: string };
  /** A menu entry or the tray asks the page to do something by the name of its command. */
  'command/asked': { readonly command: string };
  /** A key was pressed somewhere in the window; of use while a message, whose frame has no scripts, has the focus. */
  'key/pressed': {
    readonly key: string;
    readonly code: string;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly shiftKey: boolean;
    readonly altKey: boolean;
    /** The key is held down. */
    readonly repeat: boolean;
  };
  'storage/progress': { readonly task: string; readonly done: number; readonly total: number };
  /** A sentence for the status line, by kind; e.g. a composer that is missing. */
  'failure/raised': { readonly failure: Failure };
};

/** Name of an event. */
export type EventName = keyof Events;

/** What the preload script offers the page as `window.poppy`; nothing else crosses. */
export type PoppyBridge = {
  /** Sends a request; rejects only when the program itself is broken. */
  request<Name extends RequestName>(name: Name, body: RequestOf<Name>): Promise<ReplyOf<Name>>;
  /** Listens to an event until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
};
