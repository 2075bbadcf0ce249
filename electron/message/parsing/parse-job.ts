import type { UnreadableWhy } from '../../../shared/failure.ts';
import type { Attachment } from '../../../shared/message.ts';
import type { PdfPages } from '../attachments/render-pdf.ts';
import type { MessageFile } from '../bytes/byte-source.ts';
import type { SafeBody } from '../safety/safe-body.ts';
import type { ParsedMessage } from './parsed-message.ts';

/** Where the images of a shown body are to be found. */
export type BodyAddresses = {
  /** Put before the number of an inline part, percent-encoded. */
  readonly partPrefix: string;
  /** Put before the percent-encoded https address of a remote image; null leaves remote images out. */
  readonly remotePrefix: string | null;
};

/** What is shown of a source. Bytes. */
export const shownSourceBytes = 2_000_000;

/** What a body may be asked for as. */
export type BodyFormat = 'auto' | 'text' | 'html' | 'source';

/** A body as it is shown: in which form, and in how many places the searched text is marked. */
export type ShownBody = SafeBody & { readonly shows: 'html' | 'text' | 'source'; readonly found: number };

/** Which message, and how its bytes are to be read. */
type Subject = {
  readonly source: Uint8Array | MessageFile;
  readonly charset?: string;
  readonly fallbackCharset?: string;
  /** Part path of a message inside the message, when that one is meant. */
  readonly inside?: string;
};

/**
 * The jobs of a parse worker:
 * - `index`: a message for the index, without its bodies; nobody waits for it. `read`: the whole message. `read-out`: the
 *   whole message and its text as a person reads it.
 * - `show`: a body to show. `extract`: one part, written to a new file.
 * - `draw-pdf`: the first pages of a part that is a PDF. `read-text`: the beginning of a part that is a text.
 * - `warm-up`: loads the code that the first HTML body would have to wait for.
 */
export type ParseRequest =
  | (Subject & { readonly job: 'index' | 'read' | 'read-out' })
  | (Subject & {
      readonly job: 'show';
      readonly addresses: BodyAddresses;
      readonly isDark?: boolean;
      readonly format?: BodyFormat;
      /** Text to mark in the body; empty or absent for none. */
      readonly find?: string;
    })
  | (Subject & {
      readonly job: 'extract';
      readonly part: string;
      readonly path: string;
      readonly mode: number;
    })
  | (Subject & { readonly job: 'draw-pdf'; readonly part: string })
  | (Subject & { readonly job: 'read-text'; readonly part: string })
  | { readonly job: 'warm-up' };

/** A request as a worker gets it: a part is written to a file that is open already. */
export type GivenRequest =
  | Exclude<ParseRequest, { readonly job: 'extract' }>
  | (Subject & { readonly job: 'extract'; readonly part: string; readonly descriptor: number });

/** A request that is about a message. */
export type MessageRequest = Exclude<ParseRequest, { readonly job: 'warm-up' }>;

/** Such a request as a worker gets it. */
export type GivenMessage = Exclude<GivenRequest, { readonly job: 'warm-up' }>;

/** Why a message could not be read: the worker died on it, took too long, or its file cannot be read. */
export type UnparsedReason = 'died' | 'out-of-memory' | 'too-slow' | 'unreadable-file' | 'failed' | 'closed';

/** The answer to a request. An unparsed message is shown as source with a warning. */
export type ParseReply =
  | {
      readonly kind: 'parsed';
      readonly message: ParsedMessage;
      /** What was asked to be shown, else null. */
      readonly body: ShownBody | null;
      /** The text of a message that was asked to be read out. */
      readonly readable?: string;
    }
  | { readonly kind: 'extracted'; readonly attachment: Attachment }
  | ({ readonly kind: 'drawn' } & PdfPages)
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'no-such-part' }
  | { readonly kind: 'warm' }
  | {
      readonly kind: 'unparsed';
      readonly reason: UnparsedReason;
      readonly detail: string;
      readonly why?: UnreadableWhy;
    };
