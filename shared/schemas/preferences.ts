import { z } from 'zod';
import { languageChoices } from '../language.ts';
import {
  densities,
  isProviderDatabase,
  lastHour,
  listStyles,
  type Preferences,
  readingPanes,
  textScales,
  themes,
} from '../preferences.ts';
import { schemaOf, text, wholeNumber } from './basic.ts';
import { sort } from './message-list.ts';
import { proxyChoice } from './proxy.ts';

const columns = z.record(text(20), z.number().min(1).max(500));
const hour = wholeNumber(0, lastHour);

/** Everything a person chose about the program, as settings.json keeps it. */
export const preferences = schemaOf<Preferences>()(
  z.object({
    language: z.enum(languageChoices),
    theme: z.enum(themes),
    listStyle: z.enum(listStyles),
    readingPane: z.enum(readingPanes),
    density: z.enum(densities),
    groupsByConversation: z.boolean(),
    sort,
    placesWidth: z.number().min(120).max(800),
    listWidth: z.number().min(200).max(2000),
    tableWidth: z.number().min(200).max(2000),
    listHeight: z.number().min(100).max(2000),
    listColumns: columns,
    serverColumns: columns,
    textScale: z
      .number()
      .min(Math.min(...textScales))
      .max(Math.max(...textScales)),
    foldedMailboxes: z.array(text(40)).max(1000).readonly(),
    foldedFolders: z.array(text(40)).max(10_000).readonly(),
    recentFolders: z.array(text(40)).max(20).readonly(),
    selectedPlace: text(2000).nullable(),
    markReadAfterMs: wholeNumber(-1, 60_000),
    notifies: z.boolean(),
    quietHours: z.object({ from: hour, to: hour }).nullable(),
    closesToTray: z.boolean(),
    startsAtLogin: z.boolean(),
    darkBodies: z.boolean(),
    providerDatabase: text(500).refine(isProviderDatabase),
    proxy: proxyChoice,
  }),
);

/** Preferences to change; what is absent stays as it is. */
export const preferenceChanges = preferences.partial();
