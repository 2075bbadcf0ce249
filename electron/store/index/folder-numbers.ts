import type { Folder } from '../../../shared/model.ts';

/** Numbers under which the index keeps folders. */
export const folderNumbers: Readonly<Record<Folder, number>> = { inbox: 0, archive: 1, trash: 2 };

/** Folder kept under a number. */
export function folderOf(number: number): Folder {
  return number === 2 ? 'trash' : number === 1 ? 'archive' : 'inbox';
}
