import type { ByteSource } from '../bytes/byte-source.ts';
import { previewOf } from '../text/preview.ts';
import type { ParsedMessage } from './parsed-message.ts';

/** mailparser holds what it reads; a larger message is shown as source. Bytes. */
const maximumBytes = 20_000_000;

/**
 * Asks mailparser for the body of a message in which we found none. Its charset and structure rules are simpler than
 * ours, so only its body is taken, and only when it has one. Gives the message back unchanged otherwise.
 */
export async function secondOpinion(source: ByteSource, message: ParsedMessage): Promise<ParsedMessage> {
  if (source.length > maximumBytes) return message;
  const { simpleParser } = await import('mailparser');
  try {
    const mail = await simpleParser(source.read(0, source.length), {
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
      skipHtmlToText: true,
    });
    const text = mail.text?.trimEnd() || null;
    const html = mail.html || null;
    if (text === null && html === null) return message;
    const body = { text, html, isFlowed: false, isDelSp: false };
    const warnings = message.warnings.filter((warning) => warning.code !== 'shown-as-source');
    return {
      ...message,
      text,
      html,
      preview: previewOf(body),
      isSource: false,
      warnings: [...warnings, { code: 'read-by-mailparser', detail: '' }],
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { ...message, warnings: [...message.warnings, { code: 'mailparser-failed', detail }] };
  }
}
