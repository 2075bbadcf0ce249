import { randomUUID } from 'node:crypto';
import type { MessageId } from '../../shared/model.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import type { EngineContext } from './context.ts';
import { remotePicture } from './remote-picture.ts';

/** Where the pictures of a page that is to be saved are marked, until they themselves take their places. */
export type PicturePlaces = { readonly partPrefix: string; readonly remotePrefix: string };

/** Marks that no message can name beforehand: its text is never taken for a picture to be fetched. */
export function picturePlaces(): PicturePlaces {
  const secret = randomUUID();
  return { partPrefix: `poppy-part-${secret}:`, remotePrefix: `poppy-remote-${secret}:` };
}

/**
 * Puts the pictures of a message into its page, so that nothing is loaded when the file is opened; what is no
 * picture, whatever it calls itself, is left out.
 */
export async function withPictures(
  context: EngineContext,
  id: MessageId,
  page: string,
  { partPrefix, remotePrefix }: PicturePlaces,
): Promise<string> {
  const places = new RegExp(`(${partPrefix}|${remotePrefix})([\\w.%!~*'()-]+)`, 'g');
  const found = new Map<string, string>();
  for (const [place, prefix, name = ''] of page.matchAll(places)) {
    if (found.has(place)) continue;
    const address = decodeURIComponent(name);
    const bytes = await (prefix === remotePrefix
      ? remotePicture(context, address)
      : context.shelf.partBytes(id, address));
    found.set(place, bytes === null ? '' : inlineAddress(bytes));
  }
  return page.replace(places, (place) => found.get(place) ?? '').replaceAll(' src=""', '');
}

function inlineAddress(bytes: Uint8Array): string {
  const type = rasterTypeOf(bytes);
  return type === null ? '' : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
