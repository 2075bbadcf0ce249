import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { dangersIn } from '../message/safety/dangers.ts';
import type { Canary } from './canary.ts';
import type { PoppyWindow } from './poppy-window.ts';

/* The ways on which a message leaves the list: what the canary listens to. */

declare const poppy: PoppyBridge;

/** Shows some messages in windows of their own, one that is attached to another among them. */
export async function openByThemselves({ app, window }: PoppyWindow, some: readonly number[]): Promise<void> {
  await window.evaluate(
    async (list) => {
      for (const id of list) {
        await poppy.request('message/open-window', { id: id as never });
        const body = { format: 'auto', isDark: true, allowRemoteOnce: false } as const;
        const view = await poppy.request('message/read', { id: id as never, body });
        for (const { part, preview } of view.ok ? view.value.attachments : []) {
          if (preview === 'message') await poppy.request('attachment/open', { id: id as never, part });
          else await poppy.request('attachment/preview', { id: id as never, part, isDark: true });
        }
      }
    },
    [...some],
  );
  const patient = { timeout: 60_000, interval: 100 };
  await expect.poll(() => app.windows().length, patient).toBeGreaterThan(some.length);
  await Promise.all(app.windows().map((one) => one.waitForLoadState()));
}

/** Closes the windows of messages. */
export async function closeMessageWindows({ app }: PoppyWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    for (const one of BrowserWindow.getAllWindows())
      if (one.webContents.getURL().includes('window=message')) one.destroy();
  });
  await expect.poll(() => app.windows().length, { timeout: 20_000 }).toBe(1);
}

/** Shows the body of each message in the frame of the reading pane with its colours moved for the dark. */
export async function showDark({ window }: PoppyWindow, all: readonly number[]): Promise<void> {
  await window.evaluate(
    async (list) => {
      for (const id of list) {
        const body = { format: 'auto', isDark: true, allowRemoteOnce: false } as const;
        const shown = await poppy.request('message/read', { id: id as never, body });
        const frame = document.querySelector<HTMLIFrameElement>('iframe.body-frame');
        if (!shown.ok || frame === null) throw new Error('not shown');
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        frame.src = shown.value.bodyUrl;
        await loaded;
        for (let times = 0; times < 3; times += 1) await new Promise((next) => requestAnimationFrame(next));
      }
    },
    [...all],
  );
}

/** Opens message files as the system would, each in a window of its own. */
export async function openFromOutside(
  { app }: PoppyWindow,
  messages: readonly string[],
  folder: string,
): Promise<void> {
  const before = app.windows().length;
  for (const [index, message] of messages.entries()) {
    const path = join(folder, `outside-${index}.eml`);
    writeFileSync(path, message, 'latin1');
    await app.evaluate(({ app: program }, file) => {
      program.emit('open-file', { preventDefault: () => undefined }, file);
    }, path);
  }
  await expect.poll(() => app.windows().length, { timeout: 60_000 }).toBe(before + messages.length);
  for (const one of app.windows().slice(before)) await one.locator('iframe.body-frame').waitFor();
}

/**
 * Saves messages as HTML and PDF and answers what is dangerous in the files. The file dialog is answered by the test;
 * each file is a message as it leaves the program.
 */
export async function saveAll(
  { app, window }: PoppyWindow,
  some: readonly number[],
  folder: string,
): Promise<string[]> {
  const dangers: string[] = [];
  for (const [index, id] of some.entries())
    for (const as of ['html', 'pdf'] as const) {
      const path = join(folder, `${index}.${as}`);
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, path);
      await window.evaluate(
        ([which, kind]) => poppy.request('message/save', { id: which as never, as: kind as 'html' }),
        [id, as] as const,
      );
      if (as === 'html') dangers.push(...dangersIn(withoutOurHead(readFileSync(path, 'utf8'))));
      else if (readFileSync(path).subarray(0, 5).toString() !== '%PDF-') dangers.push(`${index} is no PDF`);
    }
  return dangers;
}

/** Prints messages. The printer is the test: it has the page laid out for paper, and says that all went well. */
export async function printAll({ app, window }: PoppyWindow, some: readonly number[]): Promise<void> {
  await app.evaluate(({ app: program }) => {
    const state = { printed: 0 };
    Object.assign(globalThis, { canaryPrinter: state });
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) =>
        void contents.printToPDF({ printBackground: true }).then(() => {
          state.printed += 1;
          done?.(true, '');
        });
    });
  });
  await window.evaluate(
    async (list) => {
      for (const id of list) await poppy.request('message/print', { id: id as never });
    },
    [...some],
  );
  const printed = await app.evaluate(() => Reflect.get(globalThis, 'canaryPrinter').printed);
  expect(printed).toBe(some.length);
}

/**
 * Reaches out as a message must not: the program itself looks a name up and connects. No page can, even in a session that
 * is not sealed, for the resolver is closed to all of them. test/e2e/layers shows that the canary would hear one.
 */
export async function callOut({ app }: PoppyWindow, canary: Canary): Promise<void> {
  const [name = ''] = canary.host('called').split(':');
  await app.evaluate(
    async (_electron, { port, host }) => {
      const { lookup } = process.getBuiltinModule('node:dns/promises');
      const { get } = process.getBuiltinModule('node:http');
      await lookup(host).catch(() => null);
      await new Promise((resolve) => {
        get({ host: '127.0.0.1', port, headers: { host } }).once('close', resolve).once('error', resolve);
      });
    },
    { port: canary.port, host: name },
  );
}

/** What the program itself writes into a page's head and links; the rest is the message's. */
function withoutOurHead(html: string): string {
  return html
    .replace(/<style>@layer poppy\{[^<]*<\/style>|<template[\s\S]*?<\/template>|<meta [^>]*>/g, '')
    .replaceAll(' target="_blank"', '');
}
