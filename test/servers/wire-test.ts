import { expect, test } from 'vitest';
import type { Pop3Options } from '../../electron/pop3/options.ts';
import { Pop3SessionError } from '../../electron/pop3/replies/failure.ts';
import { openPop3Session, type Pop3Session } from '../../electron/pop3/session.ts';
import type { Failure } from '../../shared/failure.ts';
import { parseScript, type Step } from './script.ts';
import { type Delivery, type ScriptedOptions, ScriptedServer } from './scripted.ts';

type Values = readonly (string | number | Buffer)[];
type Template<Made> = (strings: TemplateStringsArray, ...values: Values) => Promise<Made>;

/** What the first connection says before the script of `signedIn` goes on. */
export type SignedInOptions = Partial<Pop3Options> & {
  /** CAPA's lines parted by `|`, said before and after signing in; absent for a server that is not asked for CAPA. */
  readonly capabilities?: string;
};

/** What a wire case is given. */
export type Wire = {
  readonly delivery: Delivery;
  /** Starts the scripted server of this case; it is checked and closed when the case is over. */
  readonly server: Template<ScriptedServer>;
  /** Starts a server whose script goes on after signing in, and opens a session with it; both are closed at the end. */
  readonly signedIn: (options?: SignedInOptions) => Template<{ session: Pop3Session; pop3: ScriptedServer }>;
};

const deliveries: readonly Delivery[] = ['as written', 'byte by byte'];

/** A case on the wire, run twice: as written, and with one byte per write. The script must have been kept to. */
export function wireTest(
  name: string,
  run: (wire: Wire) => Promise<void>,
  options: Omit<ScriptedOptions, 'delivery'> = {},
): void {
  for (const delivery of deliveries)
    test(`${name} (${delivery})`, async () => {
      const servers: ScriptedServer[] = [];
      const sessions: Pop3Session[] = [];
      const start = async (steps: Step[][]): Promise<ScriptedServer> => {
        const server = new ScriptedServer(steps, { ...options, delivery });
        servers.push(server);
        return await server.listen();
      };
      try {
        await run({
          delivery,
          server: async (strings, ...values) => await start(parseScript(strings, values)),
          signedIn:
            ({ capabilities, ...account } = {}) =>
            async (strings, ...values) => {
              const [first = [], ...others] = parseScript(strings, values);
              const pop3 = await start([[...signInScript(capabilities), ...first], ...others]);
              const quirks = capabilities === undefined ? { quirks: { capa: false } } : {};
              const session = await openPop3Session({ ...pop3.account, ...quirks, ...account });
              sessions.push(session);
              return { session, pop3 };
            },
        });
        for (const session of sessions) session.close();
        const surprises = await Promise.all(servers.map((server) => server.finished()));
        expect(surprises.flat()).toEqual([]);
      } finally {
        for (const session of sessions) session.close();
        for (const server of servers) await server[Symbol.asyncDispose]();
      }
    });
}

function signInScript(capabilities: string | undefined): Step[] {
  const capa = (): Step[] =>
    capabilities === undefined
      ? []
      : [hear('CAPA'), say(`+OK|${capabilities}${capabilities === '' ? '' : '|'}.`)];
  return [
    say('+OK ready'),
    ...capa(),
    hear('USER ann'),
    say('+OK'),
    hear('PASS secret'),
    say('+OK in'),
    ...capa(),
  ];
}

function hear(line: string): Step {
  return { kind: 'hear', line };
}

function say(line: string): Step {
  return { kind: 'say', bytes: Buffer.from(`${line.replaceAll('|', '\r\n')}\r\n`) };
}

/** The failure that a promise is rejected with, without host and port, which every failure carries. */
export async function failureOf(promise: Promise<unknown>): Promise<Omit<Failure, 'host' | 'port'> | string> {
  try {
    await promise;
    return 'no failure';
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('failure' in error)) return String(error);
    const { host: _host, port: _port, ...failure } = error.failure as Failure;
    return failure;
  }
}

/** As `failureOf`, for a failure that must have ended the session: an error of the other kind is told apart. */
export async function endOf(promise: Promise<unknown>): Promise<Omit<Failure, 'host' | 'port'> | string> {
  const failure = await failureOf(promise);
  const isEnd = await promise.then(
    () => false,
    (error: unknown) => error instanceof Pop3SessionError,
  );
  return isEnd ? failure : `the session lives: ${JSON.stringify(failure)}`;
}
