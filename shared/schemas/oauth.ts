import { z } from 'zod';
import { isOAuthEndpoint, isRedirectUri, type OAuthEndpoints, type OAuthSettings } from '../oauth.ts';
import { schemaOf, text } from './basic.ts';

const endpoint = text(2_000).refine(isOAuthEndpoint);

/** Where people sign in. */
export const oauthEndpoints = schemaOf<OAuthEndpoints>()(
  z.object({
    authorizeUrl: endpoint,
    tokenUrl: endpoint,
    revokeUrl: endpoint.exactOptional(),
    scope: text(2_000),
  }),
);

/** Signing in in the browser, as an account keeps it. */
export const oauthSettings = schemaOf<OAuthSettings>()(
  oauthEndpoints.extend({
    clientId: text(512).min(1),
    clientSecret: text(512).exactOptional(),
    redirectUri: text(300).refine(isRedirectUri),
  }),
);
