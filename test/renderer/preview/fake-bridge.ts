import { PageEnd } from '../../../electron/page-end.ts';
import type { AccountState } from '../../../shared/account-state.ts';
import type {
  EventName,
  Events,
  PoppyBridge,
  ReplyOf,
  RequestName,
  RequestOf,
} from '../../../shared/contract.ts';
import { dayMs } from '../../../shared/durations.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Told } from '../../../shared/page-channel.ts';
import type { SavedSearch, Tag } from '../../../shared/places.ts';
import { defaultPreferences, type Preferences } from '../../../shared/preferences.ts';
import { failed, ok } from '../../../shared/result.ts';
import type { Rule } from '../../../shared/rule.ts';
import { fakeAccountTest } from './fake-account-test.ts';
import { accountOf, accountStates } from './fake-accounts.ts';
import { FakeFolders } from './fake-folders.ts';
import { FakeMailbox } from './fake-mailbox.ts';
import { bodyPage, messageViewOf } from './fake-message.ts';
import { foundMail, movedMail } from './fake-moving-in.ts';
import { FakeServer } from './fake-server.ts';
import { signInAnswers } from './fake-sign-in.ts';
import { hugeId, smallId } from './seeded-mail.ts';

type Answers = { [Name in RequestName]: (body: RequestOf<Name>) => ReplyOf<Name> | Promise<ReplyOf<Name>> };

/** What the pretended program begins with. */
export type FakeOptions = {
  readonly preferences?: Partial<Preferences>;
  readonly hugeCount?: number;
  readonly isFresh?: boolean;
  readonly isTroubled?: boolean;
  readonly isBusy?: boolean;
  readonly isSandboxed?: boolean;
  readonly electronAgeDays?: number;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A program that is not there: answers from memory, in the page itself. */
export function fakeBridge(options: FakeOptions = {}): PoppyBridge {
  const now = Date.now();
  const mailbox = new FakeMailbox(options.hugeCount ?? 100_000, now);
  const server = new FakeServer(now);
  let told = 0;
  const folders = new FakeFolders((tree) => tell('folders/changed', tree));
  const say = (message: Told) => {
    told += 1;
    end.receive({ ...message, number: told });
  };
  const tell = <Name extends EventName>(name: Name, payload: Events[Name]) =>
    say({ kind: 'event', name, payload });
  const states = () => accountStates(now, options.isBusy === true, options.isTroubled === true);
  let accounts: readonly AccountState[] = options.isFresh === true ? [] : states();
  let preferences: Preferences = { ...defaultPreferences, ...options.preferences };
  let tags: readonly Tag[] = [
    { name: 'Family', color: 'green' },
    { name: 'Работа', color: 'blue' },
    { name: 'To pay', color: 'orange' },
  ];
  let searches: readonly SavedSearch[] = [{ name: 'From the library', query: 'library' }];
  let rules: readonly Rule[] = [];
  const show = (next: readonly AccountState[]) => {
    accounts = next;
    tell('account/changed', accounts);
  };
  const arrive = () => {
    show(states());
    return ok({ accountId: smallId });
  };
  const changed = () => tell('mailbox/changed', { accountIds: [smallId, hugeId] });
  const settle = (done: { undoToken: string; count: number }) => {
    setTimeout(changed, 20);
    return ok(done);
  };
  const notThere = failed<Failure>({ kind: 'not-found', canRetry: false });
  const saved = () => ok({ path: '/home/olga/Downloads/file' });
  const nothing = () => null;
  const fine = () => ok(null);
  const serverDone = () => {
    tell('server/changed', server.view());
    return ok(null);
  };
  const { test, allowWeakerSignIn } = fakeAccountTest(tell);

  const answers: Answers = {
    'app/state': () => ({
      version: '0.1.0',
      electron: { version: '45.4.1', releasedAt: now - (options.electronAgeDays ?? 10) * dayMs },
      isSandboxed: options.isSandboxed ?? true,
      platform: 'linux',
      language: 'en',
      keyring: 'keyring',
      storeNotice: null,
      settingsNotice: null,
      file: null,
    }),
    'preferences/read': () => preferences,
    'preferences/update': (body) => {
      const chosen = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      preferences = { ...preferences, ...chosen };
      tell('preferences/changed', preferences);
      return null;
    },
    'account/list': () => accounts,
    'account/discover': async ({ attempt, address }) => {
      tell('account/discovery-progress', {
        attempt,
        looking: ['mx', 'srv'],
        answered: [{ source: 'autoconfig', hasFound: true }],
      });
      await pause(300);
      const found = {
        source: 'autoconfig',
        providerName: 'Example',
        pages: { 'app-password': 'https://mail.example/app-passwords' },
        offersOAuth: false,
        oauthEndpoints: null,
      } as const;
      const remarks = address.endsWith('elsewhere.example')
        ? ([{ kind: 'host-elsewhere', domain: 'hoster.example' }, { kind: 'host-private' }] as const)
        : [];
      const { server } = accountOf(smallId, '', false);
      const candidate = { ...found, server, notes: ['app-password'] as const, remarks };
      if (!address.endsWith('several.example')) return ok([candidate]);
      const others = ['pop.several.example', 'pop.hoster.example'].map((host) => ({
        ...candidate,
        server: { ...server, host },
        source: 'isp-database' as const,
        remarks:
          host === 'pop.hoster.example'
            ? ([{ kind: 'host-elsewhere', domain: 'hoster.example' }] as const)
            : [],
      }));
      return ok([candidate, ...others]);
    },
    'account/test': test,
    ...signInAnswers(),
    'account/stop-attempt': nothing,
    'account/allow-weaker-sign-in': allowWeakerSignIn,
    'account/add': () => ok({ ...arrive().value, keyring: 'keyring' as const }),
    'account/add-sample': arrive,
    'account/update': ({ accountId, choices }) => {
      const { pinnedKeySha256: _, ...serverChoices } = choices.server;
      const update = (state: AccountState) => ({
        ...state,
        account: { ...state.account, ...choices, server: serverChoices },
      });
      show(accounts.map((state) => (state.account.id === accountId ? update(state) : state)));
      return ok(null);
    },
    'account/set-password': () => ok({ keyring: 'keyring' }),
    'account/decide-unfetched': () => ok(null),
    'account/decide-perhaps-here': () => ok(null),
    'account/see-doubtful': () => null,
    'proxy/set-password': () => ok(null),
    'account/remove': ({ accountId }) => {
      show(accounts.filter((state) => state.account.id !== accountId));
      return ok(null);
    },
    'mailbox/list': (body) => mailbox.list(body),
    'mailbox/counts': () => mailbox.counts(),
    'search/advice': ({ query }) =>
      query === 'invioce'
        ? [{ kind: 'spelling', typed: 'invioce', word: 'invoice', query: 'invoice', total: 2 }]
        : [],
    'search/coverage': () => ({ found: 1204, total: 1860, outdated: 0 }),
    'mailbox/conversation': ({ id }) => {
      const row = mailbox.message(id);
      return { total: 1, unread: 0, rows: row === undefined ? [] : [row] };
    },
    'message/read': ({ id, body }) => {
      const row = mailbox.message(id);
      return row === undefined ? notThere : ok(messageViewOf(row, body.isDark));
    },
    'message/read-file': () => notThere,
    'message/source': () => ok({ url: bodyPage('Subject: x', false), isCut: false }),
    'message/headers': () => ok([{ name: 'Subject', value: 'Расписание' }]),
    'message/mark': ({ selection, change }) =>
      settle(
        mailbox.change(selection, (message) => ({
          ...message,
          isRead: change.isRead ?? message.isRead,
          isStarred: change.isStarred ?? message.isStarred,
          tags: [
            ...message.tags.filter((tag) => change.removeTags?.includes(tag) !== true),
            ...(change.addTags ?? []),
          ],
        })),
      ),
    'message/move': ({ selection, to }) =>
      settle(mailbox.change(selection, (message) => ({ ...message, folder: to }))),
    'message/delete': ({ selection }) =>
      settle(mailbox.change(selection, (message) => ({ ...message, folder: 'trash' }))),
    'message/undo': ({ undoToken }) => {
      setTimeout(changed, 20);
      return ok({ count: mailbox.undo(undoToken) });
    },
    'message/download-rest': fine,
    'message/reply': fine,
    'message/choose-charset': fine,
    'message/allow-remote': fine,
    'message/save': saved,
    'message/print': fine,
    'message/open-window': fine,
    'reading/page': () => ({ wasAtEnd: true }),
    'reading/focus': nothing,
    'trash/delete': () => ok({ count: 1 }),
    'trash/empty': () => ok({ count: 3 }),
    'attachment/open': () => ok({ outcome: 'opened' }),
    'attachment/save': saved,
    'attachment/save-all': () => ok({ folder: '/home/olga/Downloads', count: 2 }),
    'attachment/preview': () => ok({ url: bodyPage('preview', false), kind: 'image' }),
    'attachment/drag': () => ok({ outcome: 'dragged' }),
    'link/answer': nothing,
    'check/start': fine,
    'check/stop': nothing,
    'check/history': () => accounts.flatMap((state) => state.lastCheck ?? []),
    'server/open': () => serverDone(),
    'server/view': () => server.view(),
    'server/close': nothing,
    'server/rows': ({ offset, limit }) => server.rows(offset, limit),
    'server/want-headers': nothing,
    'server/fetch-headers': nothing,
    'server/preview': () =>
      ok({ text: 'Добрый день!\n\nThe first lines.', subject: 'Расписание', from: 'Анна <a@example.ru>' }),
    'server/plan': ({ keys, plan }) => {
      server.mark(keys, plan);
      tell('server/changed', server.view());
      return { planned: keys.length };
    },
    'server/find': ({ where }) => server.find(where),
    'server/space': () => server.space(),
    'server/apply': () => {
      server.apply();
      return serverDone();
    },
    'server/undo': () => {
      server.mark(server.find({ kind: 'all' }), null);
      return serverDone();
    },
    'server/command': ({ line, accountId }) => {
      const at = Date.now();
      const reply = { at, direction: 'server' as const, text: '+OK 900 86000000' };
      tell('server/transcript-line', { accountId, lines: [{ at, direction: 'client', text: line }, reply] });
      return ok({ reply: reply.text });
    },
    'server/transcript': () => [
      { at: now, direction: 'note', text: 'connected to pop.example.org:995, TLSv1.3' },
      { at: now, direction: 'server', text: '+OK Dovecot ready.' },
      { at: now, direction: 'client', text: 'AUTH SCRAM-SHA-256 ****' },
      { at: now, direction: 'server', text: '+OK Logged in.' },
    ],
    'server/save-transcript': saved,
    'server/deletions': () => [],
    'rule/list': () => rules,
    'rule/save': (body) => {
      rules = body.rules;
      return rules;
    },
    'rule/dry-run': () => {
      const place = { kind: 'search', query: 'library' } as const;
      const sort = { by: 'date', descending: true } as const;
      const sample = mailbox.list({
        place,
        filter: {},
        sort,
        groupsByConversation: false,
        offset: 0,
        limit: 5,
      });
      return { matched: 37, sample };
    },
    'folder/list': () => folders.tree(),
    'folder/make': (body) => folders.make(body),
    'folder/rename': ({ folderId, name }) => folders.change(folderId, { name }),
    'folder/move': ({ folderId, parentId }) => folders.change(folderId, { parentId }),
    'folder/set-favourite': ({ folderId, isFavourite }) => folders.change(folderId, { isFavourite }),
    'folder/delete': ({ folderId }) => {
      folders.delete(folderId);
      return settle(mailbox.change(mailbox.allOf(folderId), (message) => ({ ...message, folder: 'trash' })));
    },
    'tag/list': () => tags,
    'tag/save': (body) => {
      tags = body.tags;
      tell('tags/changed', tags);
      return null;
    },
    'tag/rename': ({ from, to }) => {
      tags = tags.map((tag) => (tag.name === from ? { ...tag, name: to } : tag));
      tell('tags/changed', tags);
      return ok(null);
    },
    'saved-search/list': () => searches,
    'saved-search/save': (body) => {
      searches = body.searches;
      return searches;
    },
    'remote/list': () => [{ scope: 'domain', value: 'garden-weekly.example.com' }],
    'remote/remove': nothing,
    'storage/state': () => ({
      folder: '/home/olga/.config/Poppy/mail',
      accounts: [
        { accountId: smallId, messages: 64, bytes: 6_000_000, deadBytes: 20_000 },
        { accountId: hugeId, messages: 100_000, bytes: 512_000_000, deadBytes: 3_000_000 },
      ],
      indexBytes: 90_000_000,
      lastBackupAt: null,
    }),
    'storage/verify': () => ok({ checked: 100_064, damaged: [] }),
    'storage/compact': () => ok({ freedBytes: 3_000_000 }),
    'storage/backup': saved,
    'storage/restore': () => ok({ messages: 12 }),
    'storage/export': () => ok({ path: '/home/olga/mail.mbox', count: 64 }),
    'storage/import': () => ok({ count: 5, skipped: 1, leftOut: 0 }),
    'storage/open-folder': nothing,
    'moving-in/find': () => foundMail,
    'moving-in/look': () => ok(movedMail(false)),
    'moving-in/choose': () => ok(movedMail(false)),
    'moving-in/start': () => ok(movedMail(true)),
    'moving-in/stop': nothing,
  };
  const end = new PageEnd(
    async ({ request, name, body }) => {
      const answer = answers[name] as (body: unknown) => unknown;
      say({ kind: 'answer', request, value: await answer(body) });
    },
    () => {
      throw new Error('a message to the page is missing');
    },
  );
  return end;
}
