import { shell, type WebContents } from 'electron';
import { isOAuthEndpoint } from '../../shared/oauth.ts';
import type { EngineClient } from './engine-client.ts';
import { tellPage } from './page/tell-page.ts';
import { partAskedFor } from './part-link.ts';

/**
 * The only way for a link to leave the program. Every link of every message comes here, whether it asks to navigate or
 * to open a window. Only http, https and mailto leave. A link that looks like another one waits for the person's
 * answer.
 */
export class LinkDoor {
  readonly #engine: EngineClient;
  readonly #openOutside: (url: string) => Promise<void>;
  readonly #questions = new Map<number, string>();
  #lastQuestion = 0;

  constructor(engine: EngineClient, openOutside = (url: string) => shell.openExternal(url)) {
    this.#engine = engine;
    this.#openOutside = openOutside;
  }

  /** A link was followed in a page of `contents`. */
  async follow(contents: WebContents, url: string): Promise<void> {
    const part = partAskedFor(url, pagesIn(contents));
    if (part !== null) {
      tellPage(contents, 'message/part-asked', part);
      return;
    }
    const judged = await this.#engine.call('link/judge', { url, tokens: pagesIn(contents) });
    if (judged.verdict === 'refuse') return;
    if (judged.verdict === 'open') {
      await this.#openOutside(judged.url);
      return;
    }
    this.#lastQuestion += 1;
    this.#questions.set(this.#lastQuestion, judged.url);
    tellPage(contents, 'link/asked', {
      question: this.#lastQuestion,
      url: judged.url,
      host: judged.host,
      hostAscii: judged.hostAscii,
      reasons: judged.reasons,
    });
  }

  /** Takes the person's answer. A question is answered once. */
  async answer(question: number, opens: boolean): Promise<void> {
    const url = this.#questions.get(question);
    this.#questions.delete(question);
    if (opens && url !== undefined) await this.#openOutside(url);
  }

  /** Opens a provider's page that the person asked for in the program's own window. */
  async openProviderPage(url: string): Promise<void> {
    if (isOAuthEndpoint(url)) await this.#openOutside(url);
  }

  /** Hands a mailto: address made by the program to the system's composer. */
  async compose(url: string): Promise<void> {
    if (url.startsWith('mailto:')) await this.#openOutside(url);
  }
}

/** Tokens of the messages that a window shows. The door judges a link by its texts in these messages. */
function pagesIn(contents: WebContents): string[] {
  return contents.mainFrame.framesInSubtree
    .filter(({ url }) => url.startsWith('poppy-message:'))
    .map(({ url }) => new URL(url).host);
}
