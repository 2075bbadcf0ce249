import type { ParsePool } from '../message/parsing/parse-pool.ts';

/** What the server view shows of a message that is not stored here. */
export type ServerPreview = { readonly text: string; readonly subject: string; readonly from: string };

/** Reads a message, or the beginning of one, from its bytes. They are shown as they are where nobody can read them. */
export async function serverPreview(
  pool: Pick<ParsePool, 'parse'>,
  bytes: Uint8Array,
): Promise<ServerPreview> {
  const addresses = { partPrefix: '', remotePrefix: null };
  const reply = await pool.parse({ job: 'show', source: bytes, addresses });
  if (reply.kind !== 'parsed') return { text: Buffer.from(bytes).toString('latin1'), subject: '', from: '' };
  const { message } = reply;
  const from = message.from[0];
  return {
    text: message.text ?? message.indexText,
    subject: message.subject,
    from: from === undefined ? '' : `${from.name} <${from.address}>`.trim(),
  };
}
