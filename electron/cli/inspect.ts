import { readFileSync, writeFileSync } from 'node:fs';
import { extractPart } from '../message/extract-part.ts';
import { type Inspection, inspectMessage } from '../message/inspect.ts';
import type { Command } from './command.ts';
import { exitDone, exitPartly } from './exit-codes.ts';
import { mustHave, textOf, UsageError } from './options.ts';
import { CommandFailure } from './output.ts';

/** `inspect`: messages as the reader would show them. */
export const inspectCommand: Command = {
  name: 'inspect',
  usage: 'FILE…|- [--part N --out FILE]',
  summary:
    'show messages from files as the reader would: headers, text, HTML made safe, attachments, warnings',
  flags: {
    part: { type: 'string', help: 'write this part’s exact bytes instead' },
    out: { type: 'string', help: 'file for --part' },
    charset: { type: 'string', help: 'read the message in this character set' },
  },
  async run(given, print) {
    if (given.positionals.length === 0) throw new UsageError('a FILE or - is needed');
    const charset = textOf(given, 'charset');
    const options = charset === undefined ? {} : { charset };
    const part = textOf(given, 'part');
    if (part !== undefined)
      return writePart(given.positionals[0] ?? '-', part, mustHave(given, 'out'), options);
    let unread = 0;
    for (const file of given.positionals) {
      const bytes = read(file);
      if (bytes instanceof CommandFailure) {
        unread += 1;
        print.failure(bytes.failure);
        continue;
      }
      const inspection = await inspectMessage(bytes, options);
      print.line({ file, ...inspection }, asText(file, inspection));
    }
    return unread > 0 ? exitPartly : exitDone;
  },
};

function read(file: string): Uint8Array | CommandFailure {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    return new CommandFailure({
      kind: 'unreadable-file',
      what: `${file}: ${(error as Error).message}`,
      canRetry: false,
    });
  }
}

async function writePart(
  file: string,
  part: string,
  out: string,
  options: { charset?: string },
): Promise<number> {
  const bytes = read(file);
  if (bytes instanceof CommandFailure) throw bytes;
  const found = await extractPart(bytes, part, options);
  if (found === null) throw new CommandFailure({ kind: 'not-found', canRetry: false });
  if (out === '-') process.stdout.write(found.bytes);
  else writeFileSync(out, found.bytes);
  return exitDone;
}

function asText(
  file: string,
  { subject, from, to, date, text, html, attachments, warnings }: Inspection,
): string {
  const people = (mailboxes: Inspection['from']) =>
    mailboxes.map(({ name, address }) => `${name} <${address}>`.trim()).join(', ');
  return [
    `== ${file}`,
    `Subject: ${subject}`,
    `From: ${people(from)}`,
    `To: ${people(to)}`,
    `Date: ${date ?? 'unknown'}`,
    ...warnings.map((warning) => `! ${warning.code} ${warning.detail}`),
    '',
    text ?? html ?? '',
    ...attachments.map(
      ({ part, name, type, sizeBytes, sha256 }) =>
        `[${part}] ${name} (${type}, ${sizeBytes} bytes, ${sha256})`,
    ),
  ].join('\n');
}
