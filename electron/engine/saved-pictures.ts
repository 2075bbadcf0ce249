import type { MessageId } from '../../shared/model.ts';
import { rasterTypeOf } from '../message/safety/raster-type.ts';
import type { MessageShelf } from './message-shelf.ts';

/** Stands before the name of a part in a page that is to be saved, until the picture itself takes its place. */
export const pictureToSave = 'poppy-picture:';

/** Puts the pictures of a message into its page; a part that is none, whatever it calls itself, is left out. */
export async function withPictures(shelf: MessageShelf, id: MessageId, page: string): Promise<string> {
  const names = [...page.matchAll(/poppy-picture:([0-9a-z.%-]+)/gi)].map((match) => match[1] ?? '');
  // Longer names first: "1" is also the beginning of "1.2".
  const parts = [...new Set(names)].sort((a, b) => b.length - a.length);
  let whole = page;
  for (const part of parts) {
    const bytes = await shelf.partBytes(id, decodeURIComponent(part));
    const type = bytes === null ? null : rasterTypeOf(bytes);
    const address =
      bytes === null || type === null ? '' : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
    whole = whole.replaceAll(`${pictureToSave}${part}`, address);
  }
  return whole.replaceAll(' src=""', '');
}
