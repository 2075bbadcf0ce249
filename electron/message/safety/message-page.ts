/** The whole document of the message view: a safe body, the style it needs, and a policy that holds without anything else. */
import { trustedTypesPolicy } from '../../../shared/trusted-types.ts';
import { blockedImageClass } from './clean-attributes.ts';
import { darkGround, lightText } from './dark-colours.ts';
import type { SafeBody } from './safe-body.ts';

/** How a body is shown. */
export type MessagePageOptions = {
  /** Plain text follows the theme; HTML does where its colours were moved for it while it was cleaned. */
  readonly kind: 'html' | 'text';
  readonly theme: 'light' | 'dark';
  /** Scheme (with colon) or origin from which inline parts and allowed images are served. */
  readonly partsSource: string;
};

/** Where messages may be framed and which parts they may show. */
export type MessageHeaderOptions = {
  readonly partsSource: string;
  /** Origin of the page that may hold the message in a frame; none when it is shown in a view of its own. */
  readonly framedBy?: string;
};

const loadsNothing = (partsSource: string): string =>
  `default-src 'none'; img-src ${partsSource} data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`;

/**
 * Headers every message is served with: nothing loads but its own parts, nothing runs, nothing is kept or told. New
 * windows are allowed for the sake of links alone: each is asked of the program, which never opens one.
 */
export function messagePageHeaders(options: MessageHeaderOptions): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      loadsNothing(options.partsSource),
      trustedTypesPolicy,
      `frame-ancestors ${options.framedBy ?? "'none'"}`,
      'sandbox allow-popups',
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-DNS-Prefetch-Control': 'off',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), display-capture=(), fullscreen=(), usb=(), serial=(), hid=(), midi=(), payment=(), screen-wake-lock=()',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

/** Builds the page for a safe body. It is the only place where markup of ours and of the message meet. */
export function buildMessagePage(body: Pick<SafeBody, 'html' | 'look'>, options: MessagePageOptions): string {
  const style = options.kind === 'text' ? textStyle[options.theme] : htmlStyle(body.look, options.theme);
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${loadsNothing(options.partsSource)}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta http-equiv="x-dns-prefetch-control" content="off">',
    `<style>${baseStyle}${style}</style>`,
  ].join('');
  // A safe body has one fixed form in which the first `<head>` is the only one that is not text.
  const page = withLinksOutside(body.html).replace('<head>', () => `<head>${head}`);
  return options.kind === 'text' ? page : withTheme(page, body.look === undefined ? 'light' : options.theme);
}

/**
 * Lets every link ask for a window of its own. A frame that may only hold messages cannot be navigated elsewhere, so
 * that a link which tried would be stopped before the program could ask the person about it.
 */
function withLinksOutside(html: string): string {
  return html.replace(/<a (?=[^<>]*\bhref="(?!#))/g, '<a target="_blank" rel="noopener noreferrer" ');
}

/** The switch on the message decides, not the system: the author's own dark rules are made to hold always or never. */
function withTheme(page: string, theme: 'light' | 'dark'): string {
  const truth = (wanted: string): string =>
    wanted.toLowerCase() === theme ? 'min-width:0px' : 'max-width:0px';
  return page.replace(/(@media [^{]*)/g, (media) =>
    media.replace(/prefers-color-scheme:\s*(light|dark)/gi, (_all, wanted: string) => truth(wanted)),
  );
}

/** The ground is the body's and weighs nothing: one of the message's own then spreads over the whole page. */
const baseStyle = `
html{color-scheme:light;color:#1a1a1a}
:where(body){background:#fff}
body{overflow-wrap:break-word}
img{max-width:100%}
::-webkit-scrollbar{width:11px;height:11px}
::-webkit-scrollbar-thumb{background:#8886;border:3px solid transparent;border-radius:8px;background-clip:padding-box}
::-webkit-scrollbar-thumb:hover{background-color:#888b}
::-webkit-scrollbar-corner{background:transparent}
mark{background:#ffe08a;color:#1a1a1a;border-radius:2px}
mark:target{background:#f39a2d}
img.${blockedImageClass}{outline:1px dashed #9993;outline-offset:-1px;background:#8881;min-width:8px;min-height:8px}
`;

/**
 * How a mail looks that says nothing about it: readable letters and air around them. It weighs nothing, so that any
 * rule of the mail wins; a body with margins in attributes keeps those.
 */
export const quietStyle = `
:where(html){font:15px/1.5 "Inter Variable",Inter,system-ui,"Segoe UI",sans-serif}
:where(body:not([leftmargin],[topmargin],[marginwidth],[marginheight])){margin:16px 20px}
`;

/** Where the colours were moved. */
const movedDark = `
html{color-scheme:dark}
:where(body){background:${darkGround};color:${lightText}}
:where(a:any-link){color:#9cc0fa}
`;

const ownDark = `html{color-scheme:dark;color:#e8e8ea}:where(body){background:${darkGround}}`;

function htmlStyle(look: SafeBody['look'], theme: 'light' | 'dark'): string {
  if (theme === 'light' || look === undefined) return quietStyle;
  return `${quietStyle}${look === 'own-dark' ? ownDark : movedDark}`;
}

const textRules = `
body{margin:0;padding:16px 20px}
.poppy-text{font:15px/1.5 "Inter Variable",Inter,system-ui,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:8;max-width:96ch}
.poppy-text div{unicode-bidi:plaintext}
.poppy-text blockquote{margin:0;padding:0 0 0 12px;border-left:2px solid currentColor}
.poppy-text blockquote>div{color:inherit}
.poppy-signature{opacity:.62}
`;

const quoteColours = (colours: readonly string[]): string =>
  colours.map((colour, index) => `.q${index + 1}{color:${colour}}`).join('');

/** Quote colours keep a contrast of at least 4.5 to 1 on their ground. WCAG 1.4.3. */
const textStyle = {
  light: `${textRules}a{color:#0b57d0}${quoteColours(['#1d5fa8', '#7a3e9d', '#0f6e58', '#8a5300', '#a3324c'])}`,
  dark: `${ownDark}${textRules}a{color:#8ab4f8}${quoteColours(['#8ab8f0', '#cfa3ea', '#7fcfb6', '#e0b56a', '#f09aae'])}`,
};
