import { isSafeCommandLine } from '../../shared/safe-commands.ts';
import { plainCommand } from './connection/command-line.ts';
import { ask, exchange } from './connection/exchange.ts';
import type { SessionTools } from './connection/session-tools.ts';
import { cleanServerText, decodeServerBytes } from './replies/server-text.ts';
import { statusText } from './replies/status.ts';
import { languageLimitBytes, topLimitBytes } from './wire/limits.ts';

/** Most of one reply shown in the protocol panel, characters. */
const shownReplyLimit = 256 * 1024;

/** Sends a command that a person typed, and gives the text of the reply. Throws on a command that is not safe. */
export async function sendTyped(
  { channel, timeouts }: SessionTools,
  line: string,
  whenReset: () => void,
): Promise<string> {
  const command = line.trim().toUpperCase();
  if (!isSafeCommandLine(command))
    throw new Error('only STAT, LIST, NOOP, LAST, UIDL, CAPA, TOP and RSET may be sent');
  const [verb, ...words] = command.split(' ');
  const hasBody =
    verb === 'CAPA' || verb === 'TOP' || ((verb === 'LIST' || verb === 'UIDL') && words.length === 0);
  const { status, body } = await exchange(channel, plainCommand(command), {
    step: 'open',
    timeoutMs: timeouts.replyMs,
    ...(hasBody ? { bodyLimitBytes: topLimitBytes } : {}),
  });
  if (verb === 'RSET' && status.isOk) whenReset();
  const lines = [`${status.isOk ? '+OK' : '-ERR'} ${statusText(status)}`.trim(), ...cleanLines(body)];
  return channel.hideSecrets(lines.join('\n').slice(0, shownReplyLimit));
}

/** The languages the server can speak, one line each; with a tag, its confirmation. RFC 6856 §3. */
export async function askLanguages(
  { channel, timeouts }: SessionTools,
  tag: string | undefined,
): Promise<readonly string[]> {
  if (tag !== undefined && !/^[A-Za-z0-9*-]{1,64}$/.test(tag)) throw new Error('not a language tag');
  const options = { step: 'open', timeoutMs: timeouts.replyMs } as const;
  if (tag !== undefined)
    return [
      channel.hideSecrets(statusText((await ask(channel, plainCommand(`LANG ${tag}`), options)).status)),
    ];
  const withBody = { ...options, bodyLimitBytes: languageLimitBytes };
  return cleanLines((await ask(channel, plainCommand('LANG'), withBody)).body).map((line) =>
    channel.hideSecrets(line),
  );
}

function cleanLines(body: Uint8Array): string[] {
  return decodeServerBytes(body)
    .split('\n')
    .map((line) => cleanServerText(line))
    .filter((line) => line !== '');
}
