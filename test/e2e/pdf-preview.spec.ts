import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { locked, madePdf, pdfTricks } from '../messages/made-pdf.ts';
import { readMessage } from '../support/mail-list.ts';
import { shoot } from '../support/shots.ts';
import { startCanary } from './canary.ts';
import { openPoppy } from './poppy-window.ts';
import { takeSample } from './sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-pdf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The pages in sight: what each is called, and how many pixels wide its picture came. */
async function pages(window: Page): Promise<readonly (readonly [string | null, number])[]> {
  const pictures = window.frameLocator('iframe.preview-frame').locator('img');
  await pictures.first().waitFor();
  return pictures.evaluateAll((all) =>
    Promise.all(
      all.map(async (one) => {
        const image = one as HTMLImageElement;
        await image.decode();
        return [image.getAttribute('alt'), image.naturalWidth] as const;
      }),
    ),
  );
}

test('shows the pages of a PDF when Space is pressed on it', async () => {
  await using poppy = await openPoppy();
  const { window } = poppy;
  await takeSample(window);
  await readMessage(window, 'Your tickets: Saturday 8:05, window seats');
  await window.getByRole('button', { name: /^tickets\.pdf / }).focus();
  await window.keyboard.press('Space');
  expect(await pages(window)).toEqual([['1 / 1', 1000]]);
  await shoot(window, 'pdf-preview');
});

test('reaches nothing while PDFs that would like to are looked at, and says what is wrong with others', async () => {
  await using canary = await startCanary(process.env.POPPY_ELECTRON ?? '');
  const tricks = Object.values(pdfTricks(`http://${canary.host('pdf')}/leak`));
  const files = [...tricks, madePdf({ trailer: locked }), Buffer.from('%PDF-1.7 and then nothing')];
  const message = join(folder, 'tricks.eml');
  writeFileSync(
    message,
    [
      'From: Eve <eve@example.net>\r\nSubject: Many files\r\nContent-Type: multipart/mixed; boundary=b\r\n',
      ...files.map(
        (file, index) =>
          `--b\r\nContent-Type: application/pdf; name="${index}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replace(/.{76}/g, '$&\r\n')}`,
      ),
      '--b--\r\n',
    ].join('\r\n'),
  );
  await using poppy = await openPoppy({
    args: [...canary.switches, message],
    env: { POPPY_ELECTRON: canary.electron },
  });
  const { window } = poppy;
  const seen: unknown[] = [];
  for (const index of files.keys()) {
    await window.getByRole('button', { name: `Look into ${index}.pdf` }).click();
    const dialog = window.getByRole('dialog');
    if (index < tricks.length) seen.push(await pages(window));
    else seen.push(await dialog.getByText(/^This PDF is /).textContent());
    await window.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  expect({ seen, heard: canary.hits, windows: poppy.app.windows().length }).toEqual({
    seen: [
      ...tricks.map(() => [['1 / 1', 1000]]),
      'This PDF is locked by a password.',
      'This PDF is damaged.',
    ],
    heard: [],
    windows: 1,
  });
});
