import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from '../../../shared/account.ts';
import type { SettingsNotice } from '../../../shared/app-state.ts';
import { defaultPreferences, type Preferences } from '../../../shared/preferences.ts';
import { account as accountSchema } from '../../../shared/schemas/account.ts';
import { preferences as preferencesSchema } from '../../../shared/schemas/preferences.ts';

/*
 * settings.json: one JSON object with a version, the accounts, the preferences and the lists that other rooms keep.
 * No password is in it. Every value is checked by the schemas of shared/schemas, entry by entry, so that one damaged
 * account does not cost the others. What cannot be read is never lost: the file as it was is kept beside the new one.
 */

/** Version of the layout. A file of a later version is read as far as it is understood. */
export const settingsVersion = 1;

/** What settings.json holds. */
export type SettingsContent = {
  readonly accounts: readonly Account[];
  readonly preferences: Preferences;
  /** Lists that other rooms keep here, by name, and whatever a later version wrote. They are kept as they are. */
  readonly sections: Readonly<Record<string, unknown>>;
};

/** The content, and what a person must hear of it. */
export type ReadSettings = { readonly content: SettingsContent; readonly notice: SettingsNotice | null };

/** Names that preferences had in earlier files. They are read by these, and written under the present ones. */
const formerNames: Readonly<Record<string, keyof Preferences>> = { isThreaded: 'groupsByConversation' };

const emptyContent: SettingsContent = { accounts: [], preferences: defaultPreferences, sections: {} };

/** `base` with the valid preferences of `raw` put over it, and the names of those that are not valid. */
export function readPreferences(
  raw: Readonly<Record<string, unknown>>,
  base: Preferences,
): { readonly preferences: Preferences; readonly leftOut: readonly string[] } {
  const leftOut: string[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(preferencesSchema.shape)) {
    if (raw[name] === undefined) continue;
    const result = schema.safeParse(raw[name]);
    if (result.success) read[name] = result.data;
    else leftOut.push(`preferences.${name}`);
  }
  return { preferences: { ...base, ...read }, leftOut };
}

function withPresentNames(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const present = (name: string) => (Object.hasOwn(formerNames, name) ? (formerNames[name] ?? name) : name);
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [present(name), value]));
}

/** Whether an account would be read back as it is. */
export function isAccount(account: Account): boolean {
  return accountSchema.safeParse(account).success;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): { content: SettingsContent; leftOut: string[]; isNewer: boolean } | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null; // cut or overwritten: the caller keeps the file aside and says so
  }
  if (!isRecord(raw) || typeof raw.version !== 'number') return null;
  const { version, accounts, preferences, ...sections } = raw;
  const leftOut: string[] = [];
  const read: Account[] = [];
  if (!Array.isArray(accounts)) leftOut.push('accounts');
  else
    for (const [index, entry] of accounts.entries()) {
      const result = accountSchema.safeParse(entry);
      const isTwice = result.success && read.some(({ id }) => id === result.data.id);
      if (result.success && !isTwice) read.push(result.data);
      else leftOut.push(`accounts[${index}]`);
    }
  const chosen = readPreferences(
    isRecord(preferences) ? withPresentNames(preferences) : {},
    defaultPreferences,
  );
  if (!isRecord(preferences)) leftOut.push('preferences');
  leftOut.push(...chosen.leftOut);
  const content = { accounts: read, preferences: chosen.preferences, sections };
  return { content, leftOut, isNewer: typeof version === 'number' && version > settingsVersion };
}

/**
 * Reads settings.json. Where something cannot be used, the file is first copied to `settings.broken-<time>.json`.
 * Throws when a file that is there cannot be read or copied.
 */
export async function readSettingsFile(folder: string, now: number): Promise<ReadSettings> {
  const path = join(folder, 'settings.json');
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return { content: emptyContent, notice: null };
    throw new Error(`cannot read ${path}`, { cause: error });
  }
  const parsed = parse(bytes.toString('utf8'));
  if (parsed !== null && parsed.leftOut.length === 0 && !parsed.isNewer)
    return { content: parsed.content, notice: null };

  const time = new Date(now).toISOString().replace(/:/g, '-');
  const reason = parsed?.isNewer === true ? 'newer' : 'broken';
  const keptAs = join(folder, `settings.${reason}-${time}.json`);
  await writeDurably(keptAs, bytes);
  if (parsed === null) return { content: emptyContent, notice: { kind: 'unreadable', keptAs, leftOut: [] } };
  const kind = parsed.isNewer ? 'newer' : 'partly';
  return { content: parsed.content, notice: { kind, keptAs, leftOut: parsed.leftOut } };
}

/** Writes settings.json, readable by its owner only. After a crash either the old or the new file is there, whole. */
export async function writeSettingsFile(folder: string, content: SettingsContent): Promise<void> {
  const { accounts, preferences, sections } = content;
  const text = JSON.stringify({ ...sections, version: settingsVersion, accounts, preferences }, null, 2);
  await writeDurably(join(folder, 'settings.json'), Buffer.from(`${text}\n`));
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const folder = dirname(path);
  const temporary = `${path}.new`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // A left-over of a crash may have another mode, and "w" would keep it.
  await rm(temporary, { force: true });
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(folder, 'r');
  } catch {
    return; // Windows does not open folders; its rename is durable by itself
  }
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether an error of the file system has this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
