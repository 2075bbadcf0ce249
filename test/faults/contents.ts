import { createHash } from 'node:crypto';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { openStore } from '../../electron/store/store.ts';

/** A message's bytes in a form that can be compared and printed. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** Fingerprints of messages, sorted; twice where a message is there twice. */
export function fingerprints(messages: readonly Uint8Array[]): string[] {
  return messages.map(fingerprint).sort();
}

/** Everything that can be read in a store, as sorted fingerprints, and what `verify` names. */
export async function contentsOf(folder: string): Promise<{ messages: string[]; damaged: string[] }> {
  const opened = await openStore({ folder, summarise: summariseHeaders });
  if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.failure)}`);
  await using store = opened.value;
  const { damaged } = await store.upkeep.verify();
  const messages: string[] = [];
  for (const id of store.lists.ids({ place: { kind: 'folder', accountId: null, folder: 'inbox' } })) {
    const bytes = await store.messages.read(id);
    if (bytes.ok) messages.push(fingerprint(bytes.value));
  }
  return { messages: messages.sort(), damaged: damaged.map(({ kind, path }) => `${kind} ${path}`) };
}
