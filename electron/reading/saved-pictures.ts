import { randomUUID } from 'node:crypto';
import type { MessageId } from '../../shared/ids.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import type { ShowTools } from './shown-message.ts';

/** What marks the pictures in a page that is to be saved, until their bytes take the place of the marks. */
export type PicturePrefixes = { readonly partPrefix: string; readonly remotePrefix: string };

/** Marks that no message can know beforehand, so that none of its text is taken for a picture. */
export function picturePrefixes(): PicturePrefixes {
  const secret = randomUUID();
  return { partPrefix: `poppy-part-${secret}:`, remotePrefix: `poppy-remote-${secret}:` };
}

/**
 * Puts the pictures of a message into its page, so that the saved file loads nothing when it is opened. Leaves out
 * whatever is no picture by its bytes.
 */
export async function withPictures(
  { shelf, remotePictures }: Pick<ShowTools, 'shelf' | 'remotePictures'>,
  id: MessageId,
  page: string,
  { partPrefix, remotePrefix }: PicturePrefixes,
): Promise<string> {
  const marks = new RegExp(`(${partPrefix}|${remotePrefix})([\\w.%!~*'()-]+)`, 'g');
  const found = new Map<string, string>();
  for (const [mark, prefix, name = ''] of page.matchAll(marks)) {
    if (found.has(mark)) continue;
    const address = decodeURIComponent(name);
    const bytes = await (prefix === remotePrefix
      ? remotePictures.fetch(address)
      : shelf.partBytes(id, address));
    found.set(mark, bytes === null ? '' : inlineAddress(bytes));
  }
  return page.replace(marks, (mark) => found.get(mark) ?? '').replaceAll(' src=""', '');
}

function inlineAddress(bytes: Uint8Array): string {
  const type = rasterTypeOf(bytes);
  return type === null ? '' : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
