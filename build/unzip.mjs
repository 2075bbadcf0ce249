// Unpacks zip archives, file modes and links included.
import { chmodSync, createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const linkMode = 0o120000;

/** Unpacks into `folder` what `place` gives a relative path for; `undefined` leaves an entry out. */
export async function unzip(archive, folder, place) {
  // Imported late: the launchers load this file before the npm packages are there.
  const { openPromise } = await import('yauzl');
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    const path = place(entry.fileName);
    if (path === undefined || path === '') continue;
    const file = join(folder, normalize(path));
    if (!file.startsWith(folder + sep)) throw new Error(`the archive has a path that leads outside: ${path}`);
    if (entry.fileName.endsWith('/')) {
      mkdirSync(file, { recursive: true });
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    const content = await zip.openReadStreamPromise(entry);
    const mode = entry.externalFileAttributes >>> 16;
    if ((mode & 0o170000) === linkMode) {
      symlinkSync((await buffer(content)).toString(), file);
    } else {
      await pipeline(content, createWriteStream(file));
      // Readable for everybody, so that another user can run the tests with it.
      chmodSync(file, mode & 0o111 ? 0o755 : 0o644);
    }
  }
}
