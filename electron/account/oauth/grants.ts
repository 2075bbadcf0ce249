import { randomBytes } from 'node:crypto';
import type { Tokens } from './tokens.ts';

/** Sign-ins whose account is not added yet. More are not kept: a wizard needs one. */
const mostGrants = 8;

/**
 * Tokens of people who have signed in in the browser while their account is still being set up. The page knows a grant
 * by a random name and never sees a token.
 */
export class Grants {
  readonly #tokens = new Map<string, Tokens>();

  /** Keeps tokens and answers the name they are known by. */
  keep(tokens: Tokens): string {
    const name = randomBytes(16).toString('hex');
    this.#tokens.set(name, tokens);
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > mostGrants && oldest !== undefined) this.#tokens.delete(oldest);
    return name;
  }

  /** The tokens of a grant; undefined where its name is not known. */
  find(name: string): Tokens | undefined {
    return this.#tokens.get(name);
  }

  /** Forgets a grant, once its account has it. */
  end(name: string): void {
    this.#tokens.delete(name);
  }
}
