import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { messagePageHeaders } from '../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../electron/message/safety/sanitise-html.ts';
import { aimed, type Canary, type Hit, heard, startCanary } from '../e2e/canary.ts';
import { splicedPage } from '../message/safety/spliced-page.ts';
import { vectors } from '../message/safety/vectors.ts';
import { chromiumBrowser } from './open-page.ts';
import { treeOf, treesInPage } from './trees.ts';

/*
 * The tricks of strangers in a Chromium that is newer than the one inside Electron: what it would fetch, and whether it
 * reads cleaned HTML as the cleaner's own parser does.
 */

const framesAtOnce = 110;
/** Most of the tricks that can be heard at all; the rest need another browser, or a click. */
const enoughHeard = 130;
/** How long each group of frames is looked at: what made enough of them heard with nothing against them. */
let dwellMs = 1_200;
const longestDwellMs = 12_000;
const spliceSeconds = 20;

const clean = (html: string) => sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block' }).html;

type Layers = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly clean?: (html: string) => string;
  readonly sandbox?: string;
};

/** Shows every trick under the given layers and names those that were heard. */
async function heardUnder(layers: Layers): Promise<string[]> {
  await using canary = await startCanary(process.env.POPPY_CHROMIUM ?? '');
  const pages = vectors.map((vector, index) => {
    const html = aimed(vector, canary, `v${index}`);
    return layers.clean?.(html) ?? html;
  });
  const server = await served(pages, layers);
  try {
    await lookAt(canary, (server.address() as AddressInfo).port, pages.length);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return heard(canary, isByTricks).map(nameOf).sort();
}

/** Chromium looks a few names up for itself. */
function isByTricks(hit: Hit): boolean {
  return hit.kind === 'connection' || hit.said.includes('leak');
}

function nameOf(label: string): string {
  const vector = vectors[Number(/^v(\d+)$/.exec(label)?.[1] ?? Number.NaN)];
  return vector === undefined ? label : `${vector.group}, ${vector.name}`;
}

/** Serves each page under its number, and groups of frames under `group-<first>`. */
function served(pages: readonly string[], { headers, sandbox }: Layers): Promise<Server> {
  const frame = (at: number) => `<iframe ${sandbox ?? ''} src="/${at}"></iframe>`;
  const server = createServer((request, response) => {
    const group = /^\/group-(\d+)/.exec(request.url ?? '');
    if (group !== null) {
      const first = Number(group[1]);
      const frames = pages.slice(first, first + framesAtOnce).map((_, at) => frame(first + at));
      response.setHeader('content-type', 'text/html');
      response.end(`<!DOCTYPE html>${frames.join('')}`);
      return;
    }
    const page = pages[Number((request.url ?? '').slice(1) || Number.NaN)];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? '');
  }).listen(0, '127.0.0.1');
  return new Promise((resolve) => server.once('listening', () => resolve(server)));
}

async function lookAt(canary: Canary, port: number, count: number): Promise<void> {
  const switches = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const browser = await chromium.launch({
    executablePath: canary.electron,
    args: [...switches, '--disable-component-update', '--disable-sync', ...canary.switches],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    for (let first = 0; first < count; first += framesAtOnce) {
      const page = await browser.newPage();
      page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
      // A page under attack may never finish loading; what counts is what is heard while it is looked at.
      await page
        .goto(`http://127.0.0.1:${port}/group-${first}`, { timeout: 2 * dwellMs, waitUntil: 'load' })
        .catch(() => undefined);
      await page.waitForTimeout(dwellMs).catch(() => undefined);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

describe('the tricks of strangers in a newer Chromium', () => {
  test('work where nothing stands against them, so the canary can hear', async () => {
    let names = await heardUnder({});
    for (; names.length <= enoughHeard && dwellMs < longestDwellMs; names = await heardUnder({}))
      dwellMs *= 3;
    console.log(`heard without any layer: ${names.length} of ${vectors.length}, in ${dwellMs} ms`);
    expect(names.length).toBeGreaterThan(enoughHeard);
  });

  test('are stopped by the cleaner alone', async () => {
    expect(await heardUnder({ clean })).toEqual([]);
  });

  test('are stopped by the policy and the frame alone, but for early look-ups and connections', async () => {
    const headers = messagePageHeaders({ partsSource: 'poppy-part:', framedBy: 'http://127.0.0.1:*' });
    // This Chromium also opens a connection for a frame before it asks the policy, and then sends nothing on it.
    const frames = ['html, frameset', 'html, iframe', 'svg, foreign object with a frame'];
    const early = ['html, dns prefetch', 'html, preconnect', ...frames];
    const names = await heardUnder({ headers, sandbox: 'sandbox="allow-popups"' });
    expect(names.filter((name) => !early.includes(name))).toEqual([]);
  });
});

describe('cleaned HTML in a newer Chromium', () => {
  /** Which pages the browser reads otherwise than the cleaner's parser. */
  async function readOtherwise(page: Page, htmls: readonly string[]): Promise<string[]> {
    const trees = await page.evaluate(treesInPage, [...htmls]);
    return htmls.filter((html, at) => JSON.stringify(treeOf(html)) !== trees[at]);
  }

  test('is the same tree as the parser of the cleaner reads, for every trick', async () => {
    const page = await (await chromiumBrowser()).newPage();
    const raw = vectors.map(({ html }) => html);
    const different = await readOtherwise(page, raw.map(clean));
    // The comparison can fail: Chromium reads some of the tricks themselves otherwise.
    const differentRaw = await readOtherwise(
      page,
      raw.filter(({ length }) => length < 5_000),
    );
    await page.close();
    expect([different, differentRaw.length > 0]).toEqual([[], true]);
  });

  const first = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);
  test(`is the same tree for spliced tricks, for ${spliceSeconds} s from number ${first} on`, async () => {
    const page = await (await chromiumBrowser()).newPage();
    const end = Date.now() + spliceSeconds * 1000;
    const different: string[] = [];
    let number = first;
    while (Date.now() < end && different.length === 0) {
      const htmls = Array.from({ length: 400 }, (_, at) => clean(splicedPage(number + at)));
      different.push(...(await readOtherwise(page, htmls)));
      number += htmls.length;
    }
    await page.close();
    console.log(`${number - first} pages`);
    expect(different).toEqual([]);
  });
});
