import type { Command } from './command.ts';
import { exitCodeOf, exitUsage } from './exit-codes.ts';
import { fetchCommand } from './fetch.ts';
import { inspectCommand } from './inspect.ts';
import { deleteCommand, listCommand } from './maildrop.ts';
import { type Flags, readOptions, UsageError } from './options.ts';
import { CommandFailure, printer } from './output.ts';
import {
  exportCommand,
  importCommand,
  rebuildCommand,
  searchCommand,
  showCommand,
  verifyCommand,
} from './store-commands.ts';

const commands: readonly Command[] = [
  fetchCommand,
  listCommand,
  deleteCommand,
  inspectCommand,
  searchCommand,
  showCommand,
  exportCommand,
  importCommand,
  verifyCommand,
  rebuildCommand,
];

const commonFlags = {
  json: { type: 'boolean', help: 'print JSON, one object a line' },
  help: { type: 'boolean', help: 'show this' },
} as const satisfies Flags;

function helpOf(command: Command): string {
  const flags = Object.entries<Flags[string]>({ ...command.flags, ...commonFlags }).map(
    ([name, flag]) => `  --${`${name}${flag.type === 'string' ? ' …' : ''}`.padEnd(22)} ${flag.help}`,
  );
  return `${command.name} ${command.usage}\n${command.summary}\n\n${flags.join('\n')}\n`;
}

function overview(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(9)} ${command.summary}`);
  return `usage: npm run cli -- <command> …\n\n${lines.join('\n')}\n\nEach command has --help and --json.\n`;
}

/** Runs one command line and answers its exit code: 0 only when everything asked for was done. */
async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const isAsked = name === undefined || name === '--help' || name === 'help';
    (isAsked ? process.stdout : process.stderr).write(
      isAsked ? overview() : `there is no command ${name}\n\n${overview()}`,
    );
    return isAsked && name !== undefined ? 0 : exitUsage;
  }
  if (rest.includes('--help')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  const isJson = rest.includes('--json');
  try {
    const given = readOptions({ ...command.flags, ...commonFlags }, rest);
    return await command.run(given, printer(isJson));
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${helpOf(command)}`);
      return exitUsage;
    }
    if (!(error instanceof CommandFailure)) throw error;
    printer(isJson).failure(error.failure);
    return exitCodeOf(error.failure.kind);
  }
}

// What was to be printed has not been: that is no success, and goes on to be no use. A reader that has gone (a pipe into
// `head`) is told in the shell's own way, as SIGPIPE would.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 141 : exitCodeOf('disk-full'));
});
process.exitCode = await run(process.argv.slice(2));
