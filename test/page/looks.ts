import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { chromiumBrowser } from './open-page.ts';

/** Compares how two documents look, in a page without scripts that reaches nothing. */
export type Looks = AsyncDisposable & {
  /**
   * Share of pixels that differ, 0 to 1. Where POPPY_SHOTS names a folder, both pictures are kept there under the
   * name.
   */
  difference(name: string, before: string, after: string): Promise<number>;
};

/** Answered by the test itself; no such host is ever asked for. */
const address = 'https://one.invalid/';
const mostLooks = 30;

/** Opens the page for the documents, and one that counts pixels. */
export async function looksOf(): Promise<Looks> {
  const browser = await chromiumBrowser();
  const context = await browser.newContext({
    viewport: { width: 760, height: 1000 },
    javaScriptEnabled: false,
  });
  const stage = await context.newPage();
  let shown = '';
  await context.route('**', (route) =>
    route.request().url() === address
      ? route.fulfill({ body: shown, contentType: 'text/html; charset=utf-8' })
      : route.abort(),
  );
  const judge = await browser.newPage();
  const picture = async (html: string, name: string): Promise<Buffer> => {
    shown = html;
    await stage.goto(address);
    const image = await settledPicture(stage);
    const folder = process.env.POPPY_SHOTS;
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${name}.png`), image);
    }
    return image;
  };
  return {
    async difference(name, before, after) {
      const first = await picture(before, `${name}-as-sent`);
      return differingShare(judge, first, await picture(after, `${name}-cleaned`));
    },
    async [Symbol.asyncDispose]() {
      await judge.close();
      await context.close();
    },
  };
}

/** What is in the page comes after it little by little: the picture counts once it has stayed the same. */
async function settledPicture(page: Page): Promise<Buffer> {
  let last = await page.screenshot();
  let same = 0;
  for (let look = 0; look < mostLooks && same < 2; look += 1) {
    const next = await page.screenshot();
    same = next.equals(last) ? same + 1 : 0;
    last = next;
  }
  return last;
}

/** Share of pixels that differ to the eye, 0 to 1; pictures of different size differ wholly, and so do empty ones. */
function differingShare(judge: Page, first: Buffer, second: Buffer): Promise<number> {
  return judge.evaluate(
    async (pictures) => {
      /** Channels that differ by less are the same to the eye. */
      const leastDifference = 8;
      const pixels = async (picture: string) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas?.drawImage(image, 0, 0);
        return canvas?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
      };
      const [a, b] = [await pixels(pictures[0]), await pixels(pictures[1])];
      if (a.length === 0 || a.length !== b.length) return 1;
      let different = 0;
      for (let at = 0; at < a.length; at += 4) {
        const isSame = [0, 1, 2].every(
          (channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0)) < leastDifference,
        );
        if (!isSame) different += 1;
      }
      return different / (a.length / 4);
    },
    [first.toString('base64'), second.toString('base64')] as const,
  );
}
