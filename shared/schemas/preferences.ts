import { z } from 'zod';
import { text } from './basic.ts';
import { sort } from './message-list.ts';

const columns = z.record(text(20), z.number().min(1).max(500));

/** Preferences to change; what is absent stays as it is. */
export const preferences = z
  .object({
    language: z.enum(['system', 'en', 'ru']),
    theme: z.enum(['system', 'light', 'dark']),
    listStyle: z.enum(['cards', 'table']),
    density: z.enum(['comfortable', 'compact']),
    isThreaded: z.boolean(),
    sort,
    placesWidth: z.number().min(120).max(800),
    listWidth: z.number().min(200).max(2000),
    listColumns: columns,
    serverColumns: columns,
    textScale: z.number().min(1).max(2),
    foldedMailboxes: z.array(text(40)).max(1000).readonly(),
    selectedPlace: text(2000).nullable(),
    markReadAfterMs: z.number().int().min(-1).max(60_000),
    notifies: z.boolean(),
    quietHours: z
      .object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) })
      .nullable(),
    closesToTray: z.boolean(),
    startsAtLogin: z.boolean(),
    darkBodies: z.boolean(),
  })
  .partial();
