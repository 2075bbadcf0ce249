import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PoppyBridge, RequestName } from '../../shared/contract.ts';
import { goTo } from '../support/mail-list.ts';
import { openPoppy, type PoppyWindow } from './poppy-window.ts';
import { takeSample } from './sample.ts';

/*
 * Answers and events reach the window in the order in which the engine spoke. A plan is made, and the session is let
 * go at once: the window must end with the session that is gone, whichever of the two it hears of by an answer. The
 * gate in the shell lets the session go in the very step in which the plan is passed on to the engine.
 */

declare const poppy: PoppyBridge;

const rounds = 60;
const longestMs = 15_000;

let started: PoppyWindow;

beforeAll(async () => {
  started = await openPoppy();
  const { app, window } = started;
  await takeSample(window);
  await goTo(window, 'On the server');
  await window.locator('.server-rows .row').first().click();
  await window.getByRole('button', { name: 'Mark for deletion', exact: true }).waitFor();
  await letGoAfterMark(app);
});

afterAll(() => started?.close());

/** Puts the gate up. What is held is kept back until the session has gone, and then handed on in one go. */
async function letGoAfterMark(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }, planning) => {
    type Message = { kind?: string; name?: string; payload?: { connection?: string }; call?: number };
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const gate = { holds: false };
    Object.assign(globalThis, { gate });
    let held: Message[] | null = null;
    let planned: number | undefined;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: Message) {
      post.call(this, message);
      if (message.name !== planning) return;
      if (gate.holds) held = [];
      planned = message.call;
      // The shell takes this for a window that can no longer be seen.
      BrowserWindow.getAllWindows()[0]?.emit('hide');
    };
    const emit = Worker.prototype.emit;
    Worker.prototype.emit = function (name: string | symbol, ...args: unknown[]) {
      const message = args[0] as Message;
      if (name !== 'message' || held === null) return emit.call(this, name, ...args);
      held.push(message);
      const isAnswered = held.some(({ kind, call }) => kind === 'answer' && call === planned);
      const isGone = held.some(({ payload }) => payload?.connection === 'dropped');
      if (!isAnswered || !isGone) return true;
      const released = held;
      held = null;
      for (const one of released) emit.call(this, 'message', one);
      return true;
    };
  }, 'server/plan' satisfies RequestName);
}

/** Marks and is let go until a round ends wrongly; gives what the rounds left in the window, with how often it was so. */
function play(window: Page, howMany: number, isBusy: boolean): Promise<Record<string, number>> {
  return window.evaluate(
    async ([times, works]) => {
      const button = (name: string) =>
        [...document.querySelectorAll('button')].find((one) => one.textContent === name);
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const until = async (holds: () => boolean, mostFrames: number) => {
        for (let frames = 0; !holds() && frames < mostFrames; frames += 1) await frame();
      };
      const isLive = () => button('Apply')?.hasAttribute('disabled') === false;
      const isDropped = () => button('Connect again') !== undefined;
      let isGone = () => undefined as unknown;
      poppy.on('server/changed', ({ connection }) => {
        if (connection === 'dropped') isGone();
      });
      const work = new MessageChannel();
      let isWorking = works;
      work.port1.onmessage = () => {
        const end = performance.now() + 4;
        while (performance.now() < end);
        if (isWorking) work.port2.postMessage(null);
      };
      if (works) work.port2.postMessage(null);
      const ends: Record<string, number> = {};
      for (let round = 0; round < times; round += 1) {
        const gone = new Promise((resolve) => {
          isGone = () => resolve(null);
        });
        button('Mark for deletion')?.click();
        await gone;
        // What was answered before is here when this is answered.
        await poppy.request('preferences/read', {});
        await until(isDropped, 30);
        const end = `${isDropped() ? 'gone' : 'connected'}, Apply ${isLive() ? 'on' : 'off'}`;
        ends[end] = (ends[end] ?? 0) + 1;
        // A window that does not know that its session has gone offers no way to a new one.
        if (!isDropped()) break;
        button('Connect again')?.click();
        await until(isLive, 600);
      }
      isWorking = false;
      return ends;
    },
    [howMany, isBusy] as const,
  );
}

for (const isBusy of [false, true])
  test(
    `a plan that is made as the session is let go leaves the window with no session, ${isBusy ? 'busy' : 'idle'}`,
    async () => {
      const { app, window } = started;
      await app.evaluate((_electron, holds) => {
        Object.assign((globalThis as unknown as { gate: { holds: boolean } }).gate, { holds });
      }, isBusy);
      expect(await play(window, rounds, isBusy)).toEqual({ 'gone, Apply off': rounds });
    },
    longestMs,
  );
