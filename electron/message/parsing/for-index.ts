import type { ParsedMessage } from './parsed-message.ts';

/**
 * What the index takes of a message: nothing of the body but its words and their language. Copies of the body would
 * cost memory in both workers.
 */
export async function forIndex(message: ParsedMessage): Promise<ParsedMessage> {
  // The detector's tables are large. Only what reads for the index loads them.
  const { languageOf } = await import('../text/language.ts');
  const language = languageOf(`${message.subject}\n${message.indexText}`);
  return {
    ...message,
    text: null,
    html: null,
    invitation: null,
    ...(language === null ? {} : { language }),
  };
}
