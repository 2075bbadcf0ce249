import { z } from 'zod';
import { checkHost } from '../account-fields.ts';
import { highestPort } from '../ports.ts';
import { type ProxyChoice, type ProxyServer, proxyKinds } from '../proxy.ts';
import { schemaOf, text, wholeNumber } from './basic.ts';

/** A proxy set by hand. */
export const proxy = schemaOf<ProxyServer>()(
  z.object({
    kind: z.enum(proxyKinds),
    host: text(253).refine((host) => checkHost(host)?.level !== 'error'),
    port: wholeNumber(1, highestPort),
    user: text(255),
  }),
);

/** What connections go through. */
export const proxyChoice = schemaOf<ProxyChoice>()(
  z.union([z.object({ kind: z.enum(['system', 'none']) }), proxy]),
);
