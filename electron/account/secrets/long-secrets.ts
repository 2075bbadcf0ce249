import { randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/*
 * Some keyrings take only short secrets: the one of Windows holds 2560 bytes an entry, of two bytes a letter. Tokens of
 * some providers have 8 KB. A long secret is split over several entries. The account's own entry then names them.
 */

/** The longest secret kept in one entry, UTF-16 units. */
const longestEntry = 1_200;

/** Begins the entry that names the parts. No password can begin so: control characters are refused when it is typed. */
const mark = '\u0001parts';

/** The parts an entry names; null where it is a secret itself. */
function partsNamed(entry: string | null): { readonly tag: string; readonly count: number } | null {
  const [, tag, count] =
    /^parts ([0-9a-f]{16}) (\d{1,3})$/.exec(entry?.startsWith(mark) ? entry.slice(1) : '') ?? [];
  return tag === undefined ? null : { tag, count: Number(count) };
}

/**
 * A keyring that takes secrets of any length. New parts are written before the entry that names them, and the parts of
 * the old secret are removed last, so that one whole secret is there at any time.
 */
export function withLongSecrets(keyring: Keyring): Keyring {
  const partName = (account: string, tag: string, index: number) => `${account} ${tag} ${index}`;

  async function removeParts(service: string, account: string, entry: string | null): Promise<void> {
    const named = partsNamed(entry);
    for (let index = 0; index < (named?.count ?? 0); index += 1)
      await keyring.deletePassword(service, partName(account, named?.tag ?? '', index));
  }

  return {
    getPassword: async (service, account) => {
      const entry = await keyring.getPassword(service, account);
      const named = partsNamed(entry);
      if (named === null) return entry;
      const parts: string[] = [];
      for (let index = 0; index < named.count; index += 1) {
        const part = await keyring.getPassword(service, partName(account, named.tag, index));
        // A secret with a hole is none: the person is asked again.
        if (part === null) return null;
        parts.push(part);
      }
      return parts.join('');
    },
    setPassword: async (service, account, password) => {
      const before = await keyring.getPassword(service, account);
      if (password.length <= longestEntry) await keyring.setPassword(service, account, password);
      else {
        const tag = randomBytes(8).toString('hex');
        const count = Math.ceil(password.length / longestEntry);
        for (let index = 0; index < count; index += 1) {
          const part = password.slice(index * longestEntry, (index + 1) * longestEntry);
          await keyring.setPassword(service, partName(account, tag, index), part);
        }
        await keyring.setPassword(service, account, `${mark} ${tag} ${count}`);
      }
      await removeParts(service, account, before);
    },
    deletePassword: async (service, account) => {
      const before = await keyring.getPassword(service, account);
      const isGone = await keyring.deletePassword(service, account);
      await removeParts(service, account, before);
      return isGone;
    },
  };
}
