import type { MessageId } from '../../../shared/ids.ts';
import type { EngineClient } from '../engine-client.ts';
import { tellPage } from '../page/tell-page.ts';
import type { Windows } from '../windows/windows.ts';
import type { NotificationAnswer } from './show-notification.ts';

/** Does what a person chose in a notification. The main window tells of a failure. */
export async function answerNotification(
  engine: EngineClient,
  windows: Windows,
  { kind, ids }: NotificationAnswer,
): Promise<void> {
  if (kind === 'open') {
    await openNotified(engine, windows, ids);
    return;
  }
  const selection = { kind: 'ids' as const, ids: [...ids] };
  const outcome =
    kind === 'mark-read'
      ? await engine.call('message/mark', { selection, change: { isRead: true } })
      : await engine.call('message/delete', { selection, alsoOnServer: true });
  if (outcome.ok) return;
  await windows.showMain();
  if (windows.main !== null)
    tellPage(windows.main.webContents, 'failure/raised', { failure: outcome.failure });
}

async function openNotified(
  engine: EngineClient,
  windows: Windows,
  [id, ...more]: readonly MessageId[],
): Promise<void> {
  if (id === undefined || more.length > 0) await windows.showMain();
  else await windows.showMessage(id, await engine.call('message/file-name', { id }));
}
