/** The frame of a page that is printed or saved: Poppy's own head, and the message under it where it cannot reach it. */
import { allowedProperties } from '../message/safety/allowed-css.ts';

/*
 * The head lies in a closed shadow tree of the body element, whose content is the message. No rule of the message
 * reaches into that tree. What it may do to the elements around, `html` and `body`, is taken back:
 * - of `body` by the rules of the tree for its host: an important one wins over any of the page, attributes too;
 * - of `html`, `head` and what is generated, by important rules in a layer, which win over all outside of it.
 * The message may give `body` its colours and letters. Its content is clipped to its own box under the head.
 */

/** What a message may say about the looks of its body. None of it moves or hides a box, nor is drawn over others. */
const looks =
  /^(?:color|background(?!-blend).*|font.*|line-height|letter-spacing|word-.*|overflow-wrap|text-(?:align|transform|indent)|white-space|hyphens|tab-size)$/;

const takenBack = [
  ...[...allowedProperties].filter((name) => !looks.test(name)).map((name) => `${name}:initial!important;`),
  'display:block!important;',
].join('');

const outside =
  `@layer poppy{html,body{${takenBack}}head{display:none!important}` +
  ':is(html,body)::before,:is(html,body)::after,:is(html,body)::marker{content:none!important}}';

const inside =
  `:host{${takenBack}}` +
  'header{all:initial!important;display:flex!important;flex-direction:column!important;position:relative!important;' +
  'z-index:2147483647!important;margin:0 0 16px!important;padding:0 0 12px!important;' +
  'border-bottom:1px solid #bbb!important;font:14px/1.5 system-ui,sans-serif!important;' +
  'color:#1a1a1a!important;background:#fff!important}' +
  'header>strong{font-size:18px}' +
  'main{display:flow-root;position:relative;z-index:0;min-width:min-content;overflow:clip;padding:16px 20px}';

/** Puts a body page under a head of some lines, of which the first is the greatest. The lines are HTML already. */
export function withPrintedHead(page: string, lines: readonly string[]): string {
  const [title = '', ...others] = lines;
  const head = `<strong dir="auto">${title}</strong>${others.map((line) => `<span dir="auto">${line}</span>`).join('')}`;
  const tree = `<template shadowrootmode="closed"><style>${inside}</style><header>${head}</header><main><slot></slot></main></template>`;
  return (
    page
      .replace('<head>', () => `<head><style>${outside}</style>`)
      // Declarations of an attribute would win over the layer. They are written without any `>`.
      .replace(/<html[^>]*>/, (tag) => tag.replace(/ style="[^"]*"/, ''))
      .replace(/<body[^>]*>/, (tag) => `${tag}${tree}`)
  );
}
