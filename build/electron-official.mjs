// The official Electron, checked against the hashes that its npm package carries.
import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { say } from './progress.mjs';
import { unzip } from './unzip.mjs';

const top = join(import.meta.dirname, '..');
/** The releases may be out of reach; then the wait must be short, as there is another way. */
const answerTimeoutMs = 10_000;
const silenceTimeoutMs = 20_000;

/** Downloads the official zip of `version` for `target` (`linux-x64`), checks its SHA-256 and unpacks it into `folder`. */
export async function downloadOfficial(version, target, folder) {
  const name = `electron-v${version}-${target}.zip`;
  const checksums = JSON.parse(readFileSync(join(top, 'node_modules/electron/checksums.json'), 'utf8'));
  const expected = checksums[name];
  if (expected === undefined) throw new Error(`there is no ${name}`);
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  const zip = join(folder, name);
  const hash = await download(`${mirror}v${version}/${name}`, zip);
  if (hash !== expected) throw new Error(`${name} has the hash ${hash}, not ${expected}`);
  await unzip(zip, folder, (path) => path);
  rmSync(zip);
}

/** Returns the SHA-256 of what was saved. */
async function download(url, file) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(new Error('no answer')), answerTimeoutMs);
  const hash = createHash('sha256');
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok) throw new Error(`the server says ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    let received = 0;
    let toldAt = Date.now();
    const watched = new Transform({
      transform(bytes, _encoding, done) {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(new Error('the download stands still')), silenceTimeoutMs);
        hash.update(bytes);
        received += bytes.length;
        if (Date.now() - toldAt > 3000) {
          toldAt = Date.now();
          say(`Electron: ${megabytes(received)} of ${megabytes(total)} MB`);
        }
        done(null, bytes);
      },
    });
    await pipeline(Readable.fromWeb(response.body), watched, createWriteStream(file), {
      signal: stop.signal,
    });
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
