import type { AccountId } from '../../shared/ids.ts';
import { keyringStatus } from '../account/secrets/keyring-status.ts';
import { accountCalls } from './calls/account.ts';
import { attachmentCalls } from './calls/attachment.ts';
import { checkCalls } from './calls/check.ts';
import { contentCalls } from './calls/content.ts';
import { folderCalls } from './calls/folder.ts';
import { linkCalls } from './calls/link.ts';
import { mailboxCalls } from './calls/mailbox.ts';
import { messageCalls } from './calls/message.ts';
import { movingInCalls } from './calls/moving-in.ts';
import { preferencesCalls } from './calls/preferences.ts';
import { proxyCalls } from './calls/proxy.ts';
import { remoteCalls } from './calls/remote.ts';
import { ruleCalls } from './calls/rule.ts';
import { savedSearchCalls } from './calls/saved-search.ts';
import { searchCalls } from './calls/search.ts';
import { serverCalls } from './calls/server.ts';
import { signInCalls } from './calls/sign-in.ts';
import { storageCalls } from './calls/storage.ts';
import { systemCalls, watchSystem } from './calls/system.ts';
import { tagCalls } from './calls/tag.ts';
import { transcriptCalls } from './calls/transcript.ts';
import { trashCalls } from './calls/trash.ts';
import type { Answers, EngineParts } from './engine-parts.ts';
import type { EngineCallName } from './protocol.ts';
import { ServerViews } from './server-views.ts';

type EngineAnswers = {
  readonly answers: Answers<Exclude<EngineCallName, 'engine/close'>>;
  /** Stops watching the system and closes the server views. */
  close(): Promise<void>;
};

/** The answers to all calls but the last, each from the file named like its noun. */
export function engineAnswers(parts: EngineParts): EngineAnswers {
  const status = keyringStatus(parts.vault);
  const views = new ServerViews(parts);
  const watch = watchSystem(parts, views);
  const leave = (accountId: AccountId) =>
    Promise.all([views.close(accountId), parts.downloads.stop(accountId)]);
  const answers = {
    ...accountCalls(parts, leave),
    ...attachmentCalls(parts),
    ...checkCalls(parts),
    ...contentCalls(parts),
    ...folderCalls(parts),
    ...linkCalls(parts),
    ...mailboxCalls(parts),
    ...messageCalls(parts),
    ...movingInCalls(parts),
    ...preferencesCalls(parts),
    ...proxyCalls(parts),
    ...remoteCalls(parts),
    ...ruleCalls(parts),
    ...savedSearchCalls(parts),
    ...searchCalls(parts),
    ...serverCalls(parts, views),
    ...signInCalls(parts),
    ...storageCalls(parts),
    ...systemCalls(watch),
    ...tagCalls(parts),
    ...transcriptCalls(parts),
    ...trashCalls(parts),
    'app/engine-state': async () => ({
      keyring: await status(),
      storeNotice: parts.store.notice,
      settingsNotice: parts.settings.notice(),
    }),
  };
  const close = () => {
    watch.close();
    return views.closeAll();
  };
  return { answers, close };
}
