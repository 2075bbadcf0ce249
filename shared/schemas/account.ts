import { z } from 'zod';
import { authMechanisms } from '../model.ts';
import { text } from './basic.ts';

/** Where to connect and how. */
export const server = z.object({
  host: text(253).min(1),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: text(512),
  mechanism: z.enum(authMechanisms),
  plaintextConsent: z.boolean(),
  pinnedKeySha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

const retention = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keep') }),
  z.object({ kind: z.literal('remove-after-days'), days: z.number().int().min(1).max(3650) }),
  z.object({ kind: z.literal('remove-when-stored') }),
  z.object({ kind: z.literal('keep-newest'), count: z.number().int().min(1).max(1_000_000) }),
  z.object({ kind: z.literal('keep-under'), megabytes: z.number().int().min(1).max(1_000_000) }),
]);

/** What the wizard and the settings of an account let a person choose; the password goes beside it. */
export const accountChoices = z.object({
  name: text(200),
  address: text(320),
  server,
  retention,
  checkEveryMinutes: z.number().int().min(0).max(1440),
  checkAtStart: z.boolean(),
  partialAboveBytes: z.number().int().min(0),
  deleteOnServerWhenDeletedHere: z.boolean(),
});
