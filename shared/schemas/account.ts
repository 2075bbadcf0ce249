import { z } from 'zod';
import {
  type Account,
  authMechanisms,
  longestCheckIntervalMinutes,
  type ServerSettings,
  securities,
} from '../account.ts';
import { highestPort } from '../ports.ts';
import type { RetentionPolicy } from '../retention.ts';
import { retentionLimits } from '../retention.ts';
import { accountId, schemaOf, text, wholeNumber } from './basic.ts';
import { oauthSettings } from './oauth.ts';
import { proxyChoice } from './proxy.ts';

/** Where to connect and how. */
export const server = schemaOf<ServerSettings>()(
  z.object({
    host: text(253).min(1),
    port: wholeNumber(1, highestPort),
    security: z.enum(securities),
    user: text(512),
    mechanism: z.enum(authMechanisms),
    plaintextConsent: z.boolean(),
    pinnedKeySha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .exactOptional(),
    oauth: oauthSettings.exactOptional(),
    proxy: proxyChoice.exactOptional(),
  }),
);

const retention = schemaOf<RetentionPolicy>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keep') }),
    z.object({ kind: z.literal('remove-after-days'), days: wholeNumber(1, retentionLimits.days) }),
    z.object({ kind: z.literal('remove-when-stored') }),
    z.object({ kind: z.literal('keep-newest'), count: wholeNumber(1, retentionLimits.count) }),
    z.object({ kind: z.literal('keep-under'), megabytes: wholeNumber(1, retentionLimits.megabytes) }),
  ]),
);

/** An account as settings.json keeps it. */
export const account = schemaOf<Account>()(
  z.object({
    id: accountId,
    name: text(200),
    address: text(320),
    server,
    retention,
    checkEveryMinutes: wholeNumber(0, longestCheckIntervalMinutes),
    checkAtStart: z.boolean(),
    isPaused: z.boolean().exactOptional(),
    partialAboveBytes: z.number().int().min(0),
    deleteOnServerWhenDeletedHere: z.boolean(),
    isSample: z.boolean(),
  }),
);

/** What the wizard and the settings of an account let a person choose. The password goes beside it. */
export const accountChoices = account.omit({ id: true, isSample: true });
