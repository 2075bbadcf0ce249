import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { highlightFound } from '../../../electron/message/safety/highlight-found.ts';
import { sanitiseHtml } from '../../../electron/message/safety/sanitise-html.ts';
import { textToHtml } from '../../../electron/message/safety/text-to-html.ts';
import { type Shape, shapes } from './hostile-shapes.ts';

const [small, large] = [64 * 1024, 256 * 1024];
/** What is shorter at the smaller size is noise, and no square of it comes to much at the larger. */
const shortMs = 5;
const mostGrowth = 8;
const options = { contentIdUrl: () => null, remoteImages: 'block', isDark: true } as const;

type Parser = (text: string) => unknown;
const message = (head: string, text: string) => parseMessage(Buffer.from(`${head}${text}\r\n`));
const parsers: Readonly<Record<string, Parser>> = {
  'body of HTML': (text) => highlightFound(sanitiseHtml(text, options).html, 'x'),
  'body of text': (text) => textToHtml(text, { flowed: true }),
  'message of HTML': (text) => message('Content-Type: text/html\r\n\r\n', text),
  'message of parts': (text) => message('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n', text),
  subject: (text) => message('Subject: ', text),
  sender: (text) => message('From: ', text),
  'type of content': (text) => message('Content-Type: text/plain; name=', text),
  calendar: (text) => message('Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n', text),
};

/** Processor time of this thread so far, in milliseconds; of the whole process where the system tells no thread's. */
function spentMs(): number {
  if (process.platform !== 'linux') return process.cpuUsage().user / 1000;
  return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1_000_000;
}

/** The least of so many goes. */
async function least(goes: number, parser: Parser, text: string): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let go = 0; go < goes; go += 1) {
    const start = spentMs();
    await parser(text);
    shortest = Math.min(shortest, spentMs() - start);
  }
  return shortest;
}

/** What is short, or four times as long for four times the text, needs no closer look. */
async function isSuspicious(parser: Parser, shape: Shape): Promise<boolean> {
  const after = await least(1, parser, shape.made(small));
  return after > shortMs && after > 6 * (await least(1, parser, shape.made(small / 4)));
}

test.each(Object.keys(parsers))('time grows no faster than what a sender writes: %s', async (name) => {
  const parser = parsers[name] ?? (() => undefined);
  const slow: string[] = [];
  for (const shape of shapes) {
    if (!(await isSuspicious(parser, shape))) continue;
    const before = await least(5, parser, shape.made(small));
    const most = mostGrowth * Math.max(shortMs, before);
    let after = Number.POSITIVE_INFINITY;
    for (let go = 0; go < 5 && after > most; go += 1)
      after = Math.min(after, await least(1, parser, shape.made(large)));
    if (after > most) slow.push(`${shape.name}: ${before.toFixed(0)} ms, then ${after.toFixed(0)} ms`);
  }
  expect({ slow, shapes: shapes.length >= 150 }).toEqual({ slow: [], shapes: true });
});
