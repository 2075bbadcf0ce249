import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagePageHeaders } from '../../electron/message/safety/message-page.ts';
import { sanitiseHtml } from '../../electron/message/safety/sanitise-html.ts';
import { type Vector, vectors } from '../message/safety/vectors.ts';
import { aimed, type Hit, heard, startCanary } from './canary.ts';
import type { Showing } from './layers-program.ts';
import { type SmallProgram, smallProgram } from './small-program.ts';

const framesAtOnce = 110;
/** Most of the tricks that can be heard at all; the rest need another browser, or a click. */
const enoughHeard = 140;
/** How long each group of frames is looked at: what made enough of them heard with nothing against them. */
let dwellMs = 1_200;
const longestDwellMs = 12_000;
let program: SmallProgram;

beforeAll(async () => {
  program = await smallProgram('layers-program.ts');
});

afterAll(() => program[Symbol.asyncDispose]());

type Layers = Pick<Showing, 'isSealed' | 'isSandboxed'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly clean?: (html: string) => string;
};

const labelOf = (index: number): string => `v${index}`;

/** Shows every trick under the given layers and tells which were heard, and where pages tried to go. */
async function heardUnder(layers: Layers): Promise<string[]> {
  await using canary = await startCanary(process.env.POPPY_ELECTRON ?? '');
  const headers = { 'content-type': 'text/html; charset=utf-8', ...layers.headers };
  const groups: Record<string, { html: string; headers: Record<string, string> }>[] = [];
  for (const [index, vector] of vectors.entries()) {
    const html = aimed(vector, canary, labelOf(index));
    if (index % framesAtOnce === 0) groups.push({});
    Object.assign(groups[groups.length - 1] ?? {}, {
      [`page-${labelOf(index)}`]: { html: layers.clean?.(html) ?? html, headers },
    });
  }
  const { isSealed, isSandboxed } = layers;
  const start = { electron: canary.electron, switches: isSealed ? ['--sealed'] : canary.switches };
  const showing: Showing = { groups, isSealed, isSandboxed, dwellMs };
  const wentAway = (await program.ask(showing, start)) as string[];
  return [...heard(canary, isByTricks).map(nameOf), ...wentAway.map((url) => `went to ${url}`)].sort();
}

/** An open session looks a few names up for itself, such as the one dictionaries come from. */
function isByTricks(hit: Hit): boolean {
  return hit.kind === 'connection' || hit.said.includes('leak');
}

function nameOf(label: string): string {
  const vector: Vector | undefined = vectors[Number(/^v(\d+)$/.exec(label)?.[1] ?? Number.NaN)];
  return vector === undefined ? label : `${vector.group}, ${vector.name}`;
}

describe('the tricks of strangers', () => {
  test('work where nothing stands against them, so the canary can hear', async () => {
    const look = () => heardUnder({ isSealed: false, isSandboxed: false });
    let names = await look();
    for (; names.length <= enoughHeard && dwellMs < longestDwellMs; names = await look()) dwellMs *= 3;
    console.log(`heard without any layer: ${names.length} of ${vectors.length}, in ${dwellMs} ms`);
    expect(names.length).toBeGreaterThan(enoughHeard);
  }, 300_000);

  test('are stopped by the cleaner alone', async () => {
    const clean = (html: string) =>
      sanitiseHtml(html, { contentIdUrl: () => null, remoteImages: 'block' }).html;
    expect(await heardUnder({ isSealed: false, isSandboxed: false, clean })).toEqual([]);
  });

  test('are stopped by the policy and the frame alone, but for early look-ups and connections', async () => {
    const headers = messagePageHeaders({ partsSource: 'poppy-part:', framedBy: 'poppy-message://frames' });
    const early = ['html, dns prefetch', 'html, preconnect'];
    const names = await heardUnder({ isSealed: false, isSandboxed: true, headers });
    expect(names.filter((name) => !early.includes(name))).toEqual([]);
  });

  test('are stopped by the cut wire alone, scripts and all', async () => {
    expect(await heardUnder({ isSealed: true, isSandboxed: false })).toEqual([]);
  });
});
