import { readFile } from 'node:fs/promises';
import { extractPart } from '../message/parsing/extract-part.ts';
import { type Inspection, inspectMessage } from '../message/parsing/inspect.ts';
import type { Command } from './command.ts';
import { exitCodeOf, exitDone, exitPartly } from './exit-codes.ts';
import { mustHave, textOf, UsageError } from './options.ts';
import { CommandFailure, writeOut } from './output.ts';

/** `inspect`: shows messages as the reader shows them. */
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
    const [first = '-', ...others] = given.positionals;
    if (part !== undefined && others.length > 0) throw new UsageError('--part takes one FILE');
    if (part !== undefined) return writePart(first, part, mustHave(given, 'out'), options);
    let unread = 0;
    for (const file of given.positionals) {
      const bytes = await read(file);
      if (bytes instanceof CommandFailure) {
        unread += 1;
        print.failure(bytes.failure);
        continue;
      }
      const inspection = await inspectMessage(bytes, options);
      print.line({ file, ...inspection }, asText(file, inspection));
    }
    if (unread === given.positionals.length) return exitCodeOf('unreadable-file');
    return unread > 0 ? exitPartly : exitDone;
  },
};

async function read(file: string): Promise<Uint8Array | CommandFailure> {
  try {
    return file === '-' ? await readStandardInput() : await readFile(file);
  } catch (error) {
    return new CommandFailure({
      kind: 'unreadable-file',
      what: `${file}: ${(error as Error).message}`,
      canRetry: false,
    });
  }
}

/** All of the standard input. Waits where a terminal or a pipe has nothing to say yet. */
async function readStandardInput(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
}

async function writePart(
  file: string,
  part: string,
  out: string,
  options: { charset?: string },
): Promise<number> {
  const bytes = await read(file);
  if (bytes instanceof CommandFailure) throw bytes;
  const found = await extractPart(bytes, part, options);
  if (found === null) throw new CommandFailure({ kind: 'not-found', canRetry: false });
  if (out === '-') process.stdout.write(found.bytes);
  else writeOut(out, found.bytes);
  return exitDone;
}

/** Lines beside the text of a message: protection, a piece of a larger message, a calendar entry. */
function notesOf({ protection, piece, invitation }: Inspection): string[] {
  const at = (time: number | null) => (time === null ? 'no time' : new Date(time).toISOString());
  return [
    ...(protection === null ? [] : [`! ${protection.kind} ${protection.protocol}`]),
    ...(piece === null ? [] : [`! piece ${piece.number} of ${piece.total ?? 'several'}`]),
    ...(invitation === null
      ? []
      : [`Calendar: ${invitation.kind}, ${invitation.summary}, ${at(invitation.startsAt)}`]),
  ];
}

function asText(file: string, inspection: Inspection): string {
  const { subject, from, to, date, text, html, attachments, warnings } = inspection;
  const people = (mailboxes: Inspection['from']) =>
    mailboxes.map(({ name, address }) => `${name} <${address}>`.trim()).join(', ');
  return [
    `== ${file}`,
    `Subject: ${subject}`,
    `From: ${people(from)}`,
    `To: ${people(to)}`,
    `Date: ${date ?? 'unknown'}`,
    ...warnings.map((warning) => `! ${warning.code} ${warning.detail}`),
    ...notesOf(inspection),
    '',
    text ?? html ?? '',
    ...attachments.map(
      ({ part, name, type, sizeBytes, sha256 }) =>
        `[${part}] ${name} (${type}, ${sizeBytes} bytes, ${sha256})`,
    ),
  ].join('\n');
}
