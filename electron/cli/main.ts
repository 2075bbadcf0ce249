import type { Command } from './command.ts';
import { exitCodeOf, exitUsage } from './exit-codes.ts';
import { type Flags, readOptions, UsageError } from './options.ts';
import { CommandFailure, printer } from './output.ts';

const storeCommands = () => import('./store-commands.ts');
const maildropCommands = () => import('./maildrop.ts');

/*
 * How the command line works.
 *
 * Each command is one object with its flags, its help and `run` (command.ts). Commands use the same mailbox, store and
 * parser as the window.
 *
 * Results go to stdout, as text or as JSON lines (output.ts). The exit code is 0 only when everything that was asked
 * for is done (exit-codes.ts). A wrong command line throws UsageError, an expected failure CommandFailure. Any other
 * error is a mistake of ours.
 */

/**
 * A command is loaded when it is asked for. A check of a maildrop needs no parser, and the parser is most of the
 * program.
 */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  fetch: async () => (await import('./fetch.ts')).fetchCommand,
  list: async () => (await maildropCommands()).listCommand,
  delete: async () => (await maildropCommands()).deleteCommand,
  discover: async () => (await import('./discover.ts')).discoverCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  folders: async () => (await import('./folders.ts')).foldersCommand,
  search: async () => (await storeCommands()).searchCommand,
  show: async () => (await storeCommands()).showCommand,
  export: async () => (await storeCommands()).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  verify: async () => (await storeCommands()).verifyCommand,
  rebuild: async () => (await storeCommands()).rebuildCommand,
};

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

async function overview(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = all.map((command) => `  ${command.name.padEnd(9)} ${command.summary}`);
  return `usage: npm run cli -- <command> …\n\n${lines.join('\n')}\n\nEach command has --help and --json.\n`;
}

/** Runs one command line and answers its exit code. The code is 0 only when everything asked for is done. */
async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const isAsked = name === undefined || name === '--help' || name === 'help';
    (isAsked ? process.stdout : process.stderr).write(
      isAsked ? await overview() : `there is no command ${name}\n\n${await overview()}`,
    );
    return isAsked && name !== undefined ? 0 : exitUsage;
  }
  const command = await load();
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

// The output could not be written. That is no success, and going on is of no use. A closed pipe (`head`) ends with 141,
// as a shell reports SIGPIPE.
// `head`) is told in the shell's own way, as SIGPIPE would.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 141 : exitCodeOf('disk-full'));
});
process.exitCode = await run(process.argv.slice(2));
