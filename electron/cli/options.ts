import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type AuthMechanism, authMechanisms, type Security, securities } from '../../shared/account.ts';
import { serverProblem } from '../../shared/account-fields.ts';
import { highestPort, plainPort, tlsPort, usualPort } from '../../shared/ports.ts';

/** The command line is wrong, and the person who typed it can correct it. */
export class UsageError extends Error {}

type Flag = { readonly type: 'string' | 'boolean'; readonly multiple?: true; readonly help: string };

/** Flags of a command: their kinds for the parser, and their help texts. */
export type Flags = Readonly<Record<string, Flag>>;

/** The content of a command line. */
export type Given = {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
};

/** Reads a command's arguments. Throws UsageError for flags that are not known or lack their value. */
export function readOptions(flags: Flags, args: readonly string[]): Given {
  try {
    const options = Object.fromEntries(
      Object.entries(flags).map(([name, flag]) => [
        name,
        { type: flag.type, multiple: flag.multiple ?? false },
      ]),
    );
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A flag's text; undefined where it was not given. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A flag's text. Throws UsageError where it was not given. */
export function mustHave(given: Given, name: string): string {
  const value = textOf(given, name);
  if (value === undefined || value === '') throw new UsageError(`--${name} is needed`);
  return value;
}

/** All texts of a flag that may be given more than once. */
export function textsOf(given: Given, name: string): readonly string[] {
  const value = given.values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Whether a flag without value was given. */
export function isGiven(given: Given, name: string): boolean {
  return given.values[name] === true;
}

/** A whole number within bounds. Throws UsageError for anything else. */
export function numberOf(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not ${text}`);
  return value;
}

/** Flags of every command that speaks to a server. */
export const serverFlags = {
  host: { type: 'string', help: 'name or address of the POP3 server' },
  port: { type: 'string', help: `port; ${tlsPort} for tls, ${plainPort} otherwise` },
  security: { type: 'string', help: 'tls (default), starttls or none' },
  user: { type: 'string', help: 'user name' },
  'password-file': {
    type: 'string',
    help: 'file whose first line is the password, or the access token for OAuth',
  },
  auth: {
    type: 'string',
    help: 'mechanism instead of the strongest one: USER, APOP, PLAIN, SCRAM-SHA-256, …',
  },
  ca: { type: 'string', help: 'PEM file of certificate authorities to trust as well' },
  'insecure-plaintext': { type: 'boolean', help: 'agree to send the password without encryption' },
  log: { type: 'string', help: 'file for the protocol log; secrets are left out' },
} as const satisfies Flags;

/** Where to connect and how, from `serverFlags`. */
export type ServerOptions = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: string;
  readonly password: string;
  readonly mechanism: AuthMechanism;
  readonly extraAuthorities: readonly string[];
  readonly plaintextConsent: boolean;
  readonly logFile: string | undefined;
};

/** Reads `serverFlags`. Throws UsageError. */
export function serverOptions(given: Given): ServerOptions {
  const security = oneOf(textOf(given, 'security') ?? 'tls', 'security', securities);
  const authority = textOf(given, 'ca');
  const place = {
    host: mustHave(given, 'host'),
    port: numberOf(textOf(given, 'port') ?? String(usualPort(security)), 'port', 1, highestPort),
    security,
    user: mustHave(given, 'user'),
  };
  const problem = serverProblem(place);
  if (problem !== null) throw new UsageError(`--${problem.field} cannot be used: ${problem.code}`);
  return {
    ...place,
    password: (readText(mustHave(given, 'password-file')).split(/\r?\n/)[0] ?? '').replace(/^\uFEFF/, ''),
    mechanism: oneOf(asMechanism(textOf(given, 'auth') ?? 'auto'), 'auth', authMechanisms),
    extraAuthorities: authority === undefined ? [] : [readText(authority)],
    plaintextConsent: isGiven(given, 'insecure-plaintext'),
    logFile: textOf(given, 'log'),
  };
}

function asMechanism(text: string): string {
  return text.toLowerCase() === 'auto' ? 'auto' : text.toUpperCase();
}

function oneOf<Value extends string>(text: string, name: string, known: readonly Value[]): Value {
  const found = known.find((value) => value === text);
  if (found === undefined) throw new UsageError(`--${name} is one of ${known.join(', ')}, not ${text}`);
  return found;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}
