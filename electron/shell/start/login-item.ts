import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Desktop entry that starts a program at login, hidden. Desktop Entry Specification, "The Exec key": arguments stand in
 * double quotes, in which `"`, backtick, `$` and `\` are escaped. All of it is escaped once more as a string, and % is
 * doubled.
 */
export function autostartEntry(command: readonly string[]): string {
  const quoted = command.map((one) => {
    const escaped = one
      .replace(/["`$\\]/g, '\\$&')
      .replaceAll('\\', '\\\\')
      .replaceAll('%', '%%');
    return `"${escaped}"`;
  });
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Poppy',
    'Comment=Checks for mail',
    'Icon=poppy',
    'Terminal=false',
    `Exec=${[...quoted, '--hidden'].join(' ')}`,
    '',
  ].join('\n');
}

/**
 * Writes the entry at `path` or removes it. Leaves a file alone that is right already. Throws when the folder refuses.
 */
export function keepAutostart(path: string, entry: string | null): void {
  if (readEntry(path) === entry) return;
  if (entry === null) {
    rmSync(path, { force: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, entry);
}

function readEntry(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // none yet
  }
}
