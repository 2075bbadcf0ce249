import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import type { PoppyBridge } from '../../shared/contract.ts';
import { mimeTricks } from '../message/safety/mime-tricks.ts';
import { vectors } from '../message/safety/vectors.ts';
import { authorityPem } from '../servers/authority.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { messageRows } from '../support/mail-list.ts';
import { aimed, type Canary, startCanary } from './canary.ts';
import {
  callOut,
  closeMessageWindows,
  openByThemselves,
  openFromOutside,
  printAll,
  saveAll,
  showDark,
} from './canary-ways.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

declare const poppy: PoppyBridge;

const folder = mkdtempSync(join(tmpdir(), 'poppy-quiet-'));
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, authorityPem());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sent = Date.UTC(2024, 2, 1, 10);

/** A message a trick is in; its subject tells which. */
function message(subject: string, rest: string): string {
  const head = ['From: Eve <eve@example.net>', 'To: anna@example.org', `Subject: ${subject}`];
  const id = `Message-ID: <${subject.replace(/[^a-z0-9]+/gi, '-')}@example.net>`;
  // A second each: messages of the same second may change places when one of them is marked read.
  sent += 1000;
  return [...head, `Date: ${new Date(sent).toUTCString()}`, id, rest].join('\r\n');
}

function messagesWithTricks(canary: Canary): string[] {
  const pages = vectors.map((vector, index) => {
    const html = aimed(vector, canary, `v${index}`).replace(/\r?\n/g, '\r\n');
    return message(`v${index} ${vector.group}`, `Content-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`);
  });
  const built = mimeTricks.map((trick, index) =>
    message(`mime${index}`, trick.message(canary.host(`mime${index}`))),
  );
  return [...pages, ...built];
}

/** The running program with a mailbox full of tricks, all of them here. */
async function poppyUnderAttack(canary: Canary, messages: readonly string[]) {
  const server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  const started = await openPoppy({
    env: { POPPY_ELECTRON: canary.electron, NODE_EXTRA_CA_CERTS: authorityFile },
  });
  const settings = {
    host: server.host,
    port: server.plainPort,
    security: 'starttls',
    user: 'anna',
    password: 'secret',
  } as const;
  await addMailbox(started.window, settings);
  await expect.poll(() => total(started.window), { timeout: 120_000, interval: 250 }).toBe(messages.length);
  // What was asked while the mailbox was set up was not asked by a message.
  canary.hits.length = 0;
  return {
    ...started,
    async [Symbol.asyncDispose]() {
      await started.close();
      await server.stop();
    },
  };
}

const everything = {
  place: { kind: 'folder', folder: 'inbox', accountId: null },
  filter: {},
  sort: { by: 'subject', descending: false },
  groupsByConversation: false,
} as const;

function total(window: Page): Promise<number> {
  return window.evaluate(
    async (list) => (await poppy.request('mailbox/list', { ...list, offset: 0, limit: 1 })).total,
    everything,
  );
}

async function ids(window: Page): Promise<readonly number[]> {
  return window.evaluate(
    async (list) =>
      (await poppy.request('mailbox/list', { ...list, offset: 0, limit: 500 })).rows.map((row) =>
        Number(row.id),
      ),
    everything,
  );
}

/** A step that shows nothing is taken again so many times, and then the walk is over. */
const mostStumbles = 2;
/** A message that is not there by then is not coming, on the slowest machine. */
const longestShowMs = 30_000;

/** Walks through the list by keyboard, waits until each message is really shown; answers the subjects of those. */
async function readAll(window: Page, count: number): Promise<Set<string>> {
  await window.evaluate(() => {
    const note = ({ target }: Event) => {
      if (target instanceof HTMLIFrameElement) target.dataset.loaded = target.src;
    };
    document.addEventListener('load', note, true);
  });
  const seen = new Set<string>();
  await messageRows(window).first().click();
  let stumbles = 0;
  for (let last = ''; seen.size < count && stumbles < mostStumbles; ) {
    const title = await shownAfter(window, last);
    if (title === null) {
      stumbles += 1;
      console.log(`nothing came after "${last}"`, await selectedRows(window));
      await window.keyboard.press('b');
      last = (await shownAfter(window, last)) ?? last;
    } else {
      seen.add(title);
      last = title;
    }
    await window.keyboard.press('f');
  }
  return seen;
}

/**
 * Waits until another message than `before` stands in the reading pane, its page loaded and painted a few times, for
 * what is fetched by style alone; answers its title.
 */
function shownAfter(window: Page, before: string): Promise<string | null> {
  return window.evaluate(
    async ({ last, limitMs }) => {
      const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (const end = performance.now() + limitMs; performance.now() < end; await painted()) {
        const frame = document.querySelector<HTMLIFrameElement>('iframe.body-frame');
        if (frame === null || frame.title === last || frame.dataset.loaded !== frame.src) continue;
        for (let times = 0; times < 3; times += 1) await painted();
        return frame.title;
      }
      return null;
    },
    { last: before, limitMs: longestShowMs },
  );
}

/** What the list says of itself, for when a walk through it stops. */
function selectedRows(window: Page): Promise<string> {
  return window.evaluate(() =>
    [...document.querySelectorAll('[role=grid], [role=row]')]
      .map((one) =>
        ['aria-activedescendant', 'aria-rowcount', 'aria-rowindex', 'aria-selected']
          .map((name) => one.getAttribute(name))
          .join(' '),
      )
      .join('; '),
  );
}

/** Everything a message could have changed or reached. */
function outcome(poppyWindow: PoppyWindow, canary: Canary) {
  return {
    heard: canary.hits,
    windows: poppyWindow.app.windows().map((one) => new URL(one.url()).host),
    page: poppyWindow.window.url(),
  };
}

const nothing = { heard: [], windows: ['window'], page: 'poppy://window/index.html' };

test('no message reaches anything while it is read, darkened, printed, saved or opened by itself', async () => {
  await using canary = await startCanary(process.env.POPPY_ELECTRON ?? '');
  const messages = messagesWithTricks(canary);
  await using started = await poppyUnderAttack(canary, messages);
  const { window } = started;
  const seen = await readAll(window, messages.length);
  expect(seen.size).toBe(messages.length);
  expect(outcome(started, canary)).toEqual(nothing);

  const all = await ids(window);
  await showDark(started, all);
  // They stay open, with whatever their pages do later, while everything below is saved and printed.
  await openByThemselves(started, all.slice(0, mimeTricks.length + 4));
  await openFromOutside(
    started,
    messages.filter((_message, index) => index % 16 === 0),
    folder,
  );
  const sample = all.filter((_id, index) => index % 8 === 0);
  expect(await saveAll(started, sample, folder)).toEqual([]);
  await printAll(started, sample);
  await closeMessageWindows(started);
  expect(outcome(started, canary)).toEqual(nothing);

  // Allowed pictures are asked for by the engine, which looks the name up and goes to no address of this computer.
  await window.evaluate(
    async (list) => {
      for (const id of list) {
        const body = { format: 'auto', isDark: false, allowRemoteOnce: true } as const;
        const shown = await poppy.request('message/read', { id: id as never, body });
        const frame = document.querySelector<HTMLIFrameElement>('iframe.body-frame');
        if (!shown.ok || frame === null) throw new Error('not shown');
        // A page has loaded when each of its pictures has come or has been refused.
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        frame.src = shown.value.bodyUrl;
        await loaded;
      }
    },
    all.slice(0, 30),
  );
  expect(canary.hits.filter((hit) => hit.kind === 'connection')).toEqual([]);
  if (canary.hearsLookUps) expect(canary.hits.length).toBeGreaterThan(0);
}, 600_000);

test('the canary hears what this program looks up and connects to', async () => {
  await using canary = await startCanary(process.env.POPPY_ELECTRON ?? '');
  await using started = await openPoppy({ env: { POPPY_ELECTRON: canary.electron } });
  await callOut(started, canary);
  const wanted = ['connection called', ...(canary.hearsLookUps ? ['look-up called'] : [])];
  const heard = () => [...new Set(canary.hits.map(({ kind, label }) => `${kind} ${label}`))].sort();
  await expect.poll(heard, { timeout: 20_000 }).toEqual(wanted);
});
