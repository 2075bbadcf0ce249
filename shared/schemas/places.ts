import { z } from 'zod';
import type { SavedSearch, Tag } from '../places.ts';
import { schemaOf, text } from './basic.ts';

/** Every label of the person's own, in the order of their keys. */
export const tags = z
  .array(schemaOf<Tag>()(z.object({ name: text(100), color: text(20) })))
  .max(200)
  .readonly();

/** Every search kept under a name. */
export const savedSearches = z
  .array(schemaOf<SavedSearch>()(z.object({ name: text(100), query: text(1000) })))
  .max(200)
  .readonly();
