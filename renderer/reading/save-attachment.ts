import type { MessageId } from '../../shared/ids.ts';
import { poppy } from '../bridge/poppy.ts';
import { showDone, showFailure } from '../bridge/toasts.ts';

/** Asks where to, saves one file of a message there, and says how it went. */
export async function saveAttachment(id: MessageId, part: string): Promise<void> {
  const outcome = await poppy.request('attachment/save', { id, part });
  if (!outcome.ok) showFailure(outcome.failure);
  else if (outcome.value !== null) showDone('saved', { path: outcome.value.path });
}
