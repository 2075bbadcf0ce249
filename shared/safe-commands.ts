/** Commands that a person may send by hand. Only RSET changes something on the server: it takes deletions back. */
export const safeCommands = ['STAT', 'LIST', 'NOOP', 'LAST', 'UIDL', 'CAPA', 'TOP', 'RSET'] as const;

const pattern = new RegExp(`^(${safeCommands.join('|')})( [0-9]{1,9}){0,2}$`, 'i');

/** Whether a line is one of the safe commands, with no more than two numbers behind it. */
export function isSafeCommandLine(line: string): boolean {
  return pattern.test(line.trim());
}
