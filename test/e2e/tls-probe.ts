import type { Pop3Options } from '../../electron/pop3/options.ts';
import { Pop3SessionError } from '../../electron/pop3/replies/failure.ts';
import { openPop3Session } from '../../electron/pop3/session.ts';

/** Signs in with each of the settings and prints one JSON line for each: how it went, as TLS and SCRAM saw it. */
async function probe(): Promise<void> {
  for (const settings of JSON.parse(process.argv[2] ?? '[]') as Pop3Options[])
    console.log(await attempt(settings));
}

async function attempt(settings: Pop3Options): Promise<string> {
  try {
    const session = await openPop3Session(settings);
    await session.quit();
    return `${session.mechanismUsed} over ${session.tls?.protocol}`;
  } catch (error) {
    if (!(error instanceof Pop3SessionError)) throw error;
    const { failure } = error;
    return failure.kind === 'certificate' ? `certificate ${failure.problem}` : failure.kind;
  }
}

await probe();
