import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { renderPdf } from '../../electron/message/attachments/render-pdf.ts';
import type { PoppyBridge } from '../../shared/contract.ts';
import { hostileLooks } from '../messages/hostile-looks.ts';
import { pdfRendererPath } from '../messages/made-pdf.ts';
import { shoot } from '../support/shots.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';

declare const poppy: PoppyBridge;

const folder = mkdtempSync(join(tmpdir(), 'poppy-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('opens a message file in a window of its own', async () => {
  const file = join(folder, 'письмо 1.eml');
  writeFileSync(
    file,
    'From: Вера <vera@example.net>\r\nSubject: Hello from a file\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПривет!\r\n',
  );
  await using poppy = await openPoppy({ args: [file] });
  const { window } = poppy;
  await window.getByRole('heading', { name: 'Hello from a file' }).waitFor();
  const body = window.frameLocator('iframe').locator('body');
  await body.waitFor();
  await shoot(window, 'file');
  expect([(await body.textContent())?.trim(), poppy.app.windows().length]).toEqual(['Привет!', 1]);
});

test('shows the main window when the file is not there', async () => {
  await using poppy = await openPoppy({ args: [join(folder, 'missing.eml')] });
  await poppy.window.getByRole('button', { name: 'Add your mailbox' }).waitFor();
});

/** The top of the first page of the PDF that Poppy makes of a message file: its rows of pixels. */
async function printedTop({ app }: PoppyWindow, html: string): Promise<Buffer> {
  const name = `${app.windows().length}-${Date.now()}`;
  const [file, pdf] = [join(folder, `${name}.eml`), join(folder, `${name}.pdf`)];
  const head = 'From: Eve <eve@example.net>\r\nTo: anna@example.org\r\nSubject: A letter';
  writeFileSync(file, `${head}\r\nContent-Type: text/html\r\n\r\n${html}\r\n`);
  const opened = app.waitForEvent('window');
  await app.evaluate(
    ({ app: program, dialog }, { from, to }) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
      program.emit('open-file', { preventDefault: () => undefined }, from);
    },
    { from: file, to: pdf },
  );
  const window = await opened;
  await window.waitForURL('poppy://window/index.html?window=message');
  await window.evaluate(async () => {
    const body = { format: 'auto', isDark: false, allowRemoteOnce: false } as const;
    const read = await poppy.request('message/read-file', { body });
    if (read.ok) await poppy.request('message/save', { id: read.value.summary.id, as: 'pdf' });
  });
  await window.close();
  const renderer = new WebAssembly.Module(readFileSync(pdfRendererPath));
  const { pictures } = await renderPdf(readFileSync(pdf), renderer, { pages: 1 });
  const png = Buffer.from(pictures[0] ?? []);
  // One chunk of pixels, each row after its filter's number. The head ends 145 rows of a thousand pixels from the top.
  const rows = inflateSync(png.subarray(41, png.length - 16));
  return rows.subarray(0, 145 * (png.readUInt32BE(16) * 3 + 1));
}

test('no style of a message changes the head on its printed page', async () => {
  await using started = await openPoppy();
  const honest = await printedTop(started, '<p>x');
  const changed: string[] = [];
  // All of them are tried in a plain Chromium (test/page/printed-head).
  const some = Object.entries(hostileLooks).filter((_look, index) => index % 4 === 3);
  for (const [name, html] of some) if (!honest.equals(await printedTop(started, html))) changed.push(name);
  expect({ changed, isDrawnOn: honest.subarray(3001).some((one) => one > 2) }).toEqual({
    changed: [],
    isDrawnOn: true,
  });
}, 120_000);
