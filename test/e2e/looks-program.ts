import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, type NativeImage, nativeImage, protocol } from 'electron';
import { sealedSession } from '../../electron/shell/sealed-session.ts';
import { answerQuestion } from './answer-question.ts';

/*
 * Shows documents two and two in a sealed window without scripts and tells how much of the two pictures differs.
 * Started by looks.spec.ts.
 */

/** Pairs of documents to compare, by name, and a folder for the pictures (none where it is empty). */
export type LooksQuestion = {
  readonly pairs: Readonly<Record<string, readonly [string, string]>>;
  readonly pictures: string;
};

protocol.registerSchemesAsPrivileged([
  { scheme: 'poppy-message', privileges: { standard: true, secure: true } },
]);

/** Channels that differ by less are the same to the eye. */
const leastDifference = 8;
const mostLooks = 30;

answerQuestion<LooksQuestion>(async ({ pairs, pictures }) => {
  const own = await sealedSession();
  let shown = '';
  own.protocol.handle(
    'poppy-message',
    () => new Response(shown, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  );
  const window = new BrowserWindow({
    width: 760,
    height: 1000,
    webPreferences: { session: own, sandbox: true, javascript: false },
  });
  window.webContents.debugger.attach('1.3');
  const picture = async (html: string, name: string): Promise<Buffer> => {
    shown = html;
    await window.loadURL('poppy-message://one/');
    const image = await settledPicture(window);
    if (pictures !== '') {
      mkdirSync(pictures, { recursive: true });
      writeFileSync(join(pictures, `${name}.png`), image.toPNG());
    }
    return image.toBitmap();
  };
  const shares: Record<string, number> = {};
  for (const [name, [before, after]] of Object.entries(pairs)) {
    const first = await picture(before, `${name}-as-sent`);
    shares[name] = difference(first, await picture(after, `${name}-cleaned`));
  }
  return shares;
});

/** What is in the page comes after it little by little: the picture counts once it has stayed the same. */
async function settledPicture(window: BrowserWindow): Promise<NativeImage> {
  let last = await freshPicture(window);
  let same = 0;
  for (let look = 0; look < mostLooks && same < 2; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const next = await freshPicture(window);
    same = !next.isEmpty() && next.toBitmap().equals(last.toBitmap()) ? same + 1 : 0;
    last = next;
  }
  return last;
}

/** The page as it is painted anew for this; `capturePage` may still have the page before. */
async function freshPicture({ webContents }: BrowserWindow): Promise<NativeImage> {
  const { data } = await webContents.debugger.sendCommand('Page.captureScreenshot', { format: 'png' });
  return nativeImage.createFromBuffer(Buffer.from(data, 'base64'));
}

/** Share of pixels that differ, 0 to 1; pictures of different size differ wholly, and so do empty ones. */
function difference(first: Buffer, second: Buffer): number {
  if (first.length === 0 || first.length !== second.length) return 1;
  let different = 0;
  for (let at = 0; at < first.length; at += 4) {
    const isSame = [0, 1, 2].every(
      (channel) => Math.abs((first[at + channel] ?? 0) - (second[at + channel] ?? 0)) < leastDifference,
    );
    if (!isSame) different += 1;
  }
  return different / (first.length / 4);
}
