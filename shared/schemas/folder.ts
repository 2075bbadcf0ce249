import { z } from 'zod';
import { type Folder, type FolderId, folderRoles, isFolderId } from '../folder.ts';
import { schemaOf, text } from './basic.ts';

/** A folder that a person made, by its id. */
export const folderId = z.custom<FolderId>(isFolderId);

/** A fixed folder, or one that a person made. */
export const folder = schemaOf<Folder>()(z.union([z.enum(folderRoles), folderId]));

/** The name of a folder as it was typed. */
export const typedFolderName = text(1000);
