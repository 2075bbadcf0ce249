import { app, BrowserWindow, protocol, session } from 'electron';
import { closeResolver, sealedSession } from '../../electron/shell/windows/sealed-session.ts';
import { answerQuestion } from './answer-question.ts';

/*
 * A program with none of Poppy's layers but the ones a test asks for: pages of tricks in frames, in a session that is
 * sealed or not. Started by layers.spec.ts; answers where pages
 * tried to go.
 */

/** One document, and the headers it is served with. */
type ServedPage = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

/** What is shown, one group after the other: documents by the host they are served from, each in a frame. */
export type Showing = {
  readonly groups: readonly Readonly<Record<string, ServedPage>>[];
  readonly isSealed: boolean;
  readonly isSandboxed: boolean;
  /** How long a group is looked at after it has loaded; one that does not come to its end is waited for twice as long. */
  readonly dwellMs: number;
};

const served = new Map<string, ServedPage>();

protocol.registerSchemesAsPrivileged([
  { scheme: 'poppy-message', privileges: { standard: true, secure: true, supportFetchAPI: false } },
]);

const passing = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function showAll(showing: Showing): Promise<string[]> {
  const own = showing.isSealed ? await sealedSession() : session.fromPartition('open');
  // Chromium fetches dictionaries by itself when there is something to type into.
  own.setSpellCheckerEnabled(false);
  own.protocol.handle('poppy-message', answer);
  const wentAway: string[] = [];
  for (const group of showing.groups) {
    const window = new BrowserWindow({
      width: 1200,
      height: 900,
      webPreferences: { session: own, sandbox: true },
    });
    window.webContents.on('will-navigate', (event) => {
      event.preventDefault();
      wentAway.push(event.url);
    });
    window.webContents.setWindowOpenHandler(({ url }) => {
      wentAway.push(url);
      return { action: 'deny' };
    });
    serve(group, showing.isSandboxed ? 'sandbox="allow-popups"' : '');
    // A page under attack may never finish loading; what counts is what is heard while it is looked at.
    const loaded = window.loadURL('poppy-message://frames/').catch(() => undefined);
    await Promise.race([loaded, passing(2 * showing.dwellMs)]);
    await passing(showing.dwellMs);
    window.destroy();
  }
  return wentAway;
}

function serve(group: Readonly<Record<string, ServedPage>>, sandbox: string): void {
  served.clear();
  for (const [host, page] of Object.entries(group)) served.set(host, page);
  const frames = Object.keys(group).map(
    (host) => `<iframe ${sandbox} src="poppy-message://${host}/"></iframe>`,
  );
  served.set('frames', {
    html: `<!DOCTYPE html>${frames.join('')}`,
    headers: { 'content-type': 'text/html' },
  });
}

function answer(request: Request): Response {
  const page = served.get(new URL(request.url).host);
  return page === undefined
    ? new Response('not here', { status: 404 })
    : new Response(page.html, { headers: { ...page.headers } });
}

// One process for all frames instead of one for each: no layer under test stands on it, and most of the time goes there.
app.commandLine.appendSwitch('disable-site-isolation-trials');
app.commandLine.appendSwitch('disable-features', 'IsolateSandboxedIframes,SitePerProcess');
if (process.argv.includes('--sealed')) closeResolver();
answerQuestion(showAll);
