import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that the desktop opens files with, and what it has been given. */
export type OpenedFiles = {
  /** Environment that makes this program the one for the types asked for. */
  readonly env: Readonly<Record<string, string>>;
  /** Name and SHA-256 of each file the program was given, as it could read it then. */
  list(): readonly { readonly name: string; readonly sha256: string }[];
  [Symbol.dispose](): void;
};

/**
 * Registers a program for some types the way the desktop knows it: a .desktop file and mimeapps.list in folders of
 * their own. The program copies what it is given, so that the bytes can be compared.
 */
export function registeredProgram(types: readonly string[]): OpenedFiles {
  const folder = mkdtempSync(join(tmpdir(), 'poppy-opened-'));
  const data = join(folder, 'data');
  const config = join(folder, 'config');
  const taken = join(folder, 'taken');
  for (const path of [join(data, 'applications'), config, taken]) mkdirSync(path, { recursive: true });
  const program = join(folder, 'viewer');
  // Copied under another name first: what is listed is complete.
  writeFileSync(
    program,
    `#!/bin/sh\nname=$(basename "$1")\ncp "$1" "${folder}/copy" && mv "${folder}/copy" "${taken}/$name"\n`,
    { mode: 0o755 },
  );
  writeFileSync(
    join(data, 'applications', 'poppy-test-viewer.desktop'),
    `[Desktop Entry]\nType=Application\nName=Viewer\nExec=${program} %f\nMimeType=${types.join(';')};\n`,
  );
  const defaults = `[Default Applications]\n${types.map((type) => `${type}=poppy-test-viewer.desktop\n`).join('')}`;
  writeFileSync(join(config, 'mimeapps.list'), defaults);
  writeFileSync(join(data, 'applications', 'mimeapps.list'), defaults);
  return {
    env: { XDG_DATA_HOME: data, XDG_CONFIG_HOME: config },
    list: () => readdirSync(taken).map((name) => ({ name, sha256: sha256(readFileSync(join(taken, name))) })),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
