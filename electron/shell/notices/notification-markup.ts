import { execFile } from 'node:child_process';

/** How the body of a notification is read: as plain text, as markup, or nobody could say. */
export type BodyReading = 'plain' | 'markup' | 'unknown';

/** Runs a program and hands over what it printed; rejects when it is not there, fails or takes too long. */
export type Run = (program: string, args: readonly string[]) => Promise<string>;

/** A desktop answers within milliseconds; one that hangs must not keep the notification back. */
const answerTimeoutMs = 2_000;

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

/** Programs that ask the session bus; one of them is on nearly every desktop. */
const askers: readonly (readonly [program: string, args: readonly string[]])[] = [
  [
    'gdbus',
    ['call', '--session', '--dest', name, '--object-path', path, '--method', `${name}.GetCapabilities`],
  ],
  ['busctl', ['--user', 'call', name, path, name, 'GetCapabilities']],
  ['dbus-send', ['--session', '--print-reply', `--dest=${name}`, path, `${name}.GetCapabilities`]],
];

/**
 * Asks the desktop how it reads the body of a notification. Electron hands the text to the server as it is, and on Linux
 * a server with `body-markup` takes `<b>` and `<a href>` from it (Desktop Notifications Specification). Asked each time:
 * another server may have taken over.
 */
export async function bodyReading(
  platform: NodeJS.Platform = process.platform,
  run: Run = runProgram,
): Promise<BodyReading> {
  if (platform !== 'linux') return 'plain';
  for (const [program, args] of askers) {
    const answer = await run(program, args).catch(() => ''); // not installed, or no server: the next may know
    const words = [...answer.matchAll(/['"]([a-z-]+)['"]/g)].map(([, word]) => word);
    if (words.length > 0) return words.includes('body-markup') ? 'markup' : 'plain';
  }
  return 'unknown';
}

/** The text so that it is shown as it stands: a stranger wrote it, and must neither style it nor put a link into it. */
export function bodyText(text: string, reading: BodyReading): string {
  if (reading === 'plain') return text;
  if (reading === 'markup')
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // Where nobody can say: signs that look alike and mean nothing in either reading.
  return text.replaceAll('&', '＆').replaceAll('<', '‹').replaceAll('>', '›');
}

function runProgram(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: answerTimeoutMs }, (error, output) =>
      error === null ? resolve(output) : reject(error),
    );
  });
}
