import { cleanServerText, decodeServerBytes } from './server-text.ts';

/** What a server says it can do. RFC 2449 §6. */
export type Capabilities = {
  /** False when the server has no CAPA: everything below is then unknown, not absent. */
  readonly isKnown: boolean;
  readonly pipelining: boolean;
  readonly uidl: boolean;
  readonly top: boolean;
  readonly user: boolean;
  readonly stls: boolean;
  readonly utf8: boolean;
  /** UTF8 with the USER argument: name and password may be UTF-8. RFC 6856 §2.2. */
  readonly utf8User: boolean;
  readonly lang: boolean;
  readonly respCodes: boolean;
  readonly authRespCode: boolean;
  /** Least seconds between two sign-ins; null when the server names none. RFC 2449 §6.5. */
  readonly loginDelaySeconds: number | null;
  /** Days a message is kept on the server; 0 means it goes as soon as it has been fetched. RFC 2449 §6.7. */
  readonly expireDays: number | 'never' | null;
  readonly implementation: string | null;
  /** SASL mechanisms, upper case, in the server's order. */
  readonly sasl: readonly string[];
  /** Every line as it came, cleaned; for the protocol panel. */
  readonly lines: readonly string[];
};

/** What is assumed of a server that has no CAPA. */
export const noCapabilities: Capabilities = {
  isKnown: false,
  pipelining: false,
  uidl: false,
  top: false,
  user: true,
  stls: false,
  utf8: false,
  utf8User: false,
  lang: false,
  respCodes: false,
  authRespCode: false,
  loginDelaySeconds: null,
  expireDays: null,
  implementation: null,
  sasl: [],
  lines: [],
};

/** Reads the lines of a CAPA reply; lines that make no sense are kept as they are and mean nothing. RFC 2449 §5. */
export function parseCapabilities(body: Uint8Array): Capabilities {
  const lines = decodeServerBytes(body)
    .split('\n')
    .map((line) => cleanServerText(line))
    // A second status line of the greeting, come late, stood for the answer; the true one is within then.
    .filter((line) => line !== '' && !/^\+OK\b/i.test(line));
  const tags = new Map<string, readonly string[]>();
  for (const line of lines) {
    const [tag = '', ...words] = line.split(/\s+/);
    const name = tag.toUpperCase();
    // Some servers repeat SASL, one line for each mechanism.
    tags.set(name, [...(tags.get(name) ?? []), ...words]);
  }
  // Very old servers write AUTH=PLAIN or "AUTH PLAIN" where SASL belongs.
  const oldSasl = [...tags.keys()].filter((name) => name.startsWith('AUTH=')).map((name) => name.slice(5));
  return {
    isKnown: true,
    pipelining: tags.has('PIPELINING'),
    uidl: tags.has('UIDL'),
    top: tags.has('TOP'),
    user: tags.has('USER'),
    stls: tags.has('STLS') || tags.has('STARTTLS'),
    utf8: tags.has('UTF8'),
    utf8User: (tags.get('UTF8') ?? []).some((word) => word.toUpperCase() === 'USER'),
    lang: tags.has('LANG'),
    respCodes: tags.has('RESP-CODES'),
    authRespCode: tags.has('AUTH-RESP-CODE'),
    loginDelaySeconds: wholeNumber(tags.get('LOGIN-DELAY')?.[0]),
    expireDays: expiry(tags.get('EXPIRE')?.[0]),
    implementation: tags.get('IMPLEMENTATION')?.join(' ') ?? null,
    sasl: [
      ...new Set(
        [...(tags.get('SASL') ?? []), ...(tags.get('AUTH') ?? []), ...oldSasl].map((name) =>
          name.toUpperCase(),
        ),
      ),
    ],
    lines,
  };
}

function wholeNumber(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : null;
}

function expiry(word: string | undefined): number | 'never' | null {
  return word?.toUpperCase() === 'NEVER' ? 'never' : wholeNumber(word);
}
