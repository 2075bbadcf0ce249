import { addressMessages } from './address-messages.ts';
import { attachmentMessages } from './attachment-messages.ts';
import { charsetMessages } from './charset-messages.ts';
import { damagedMessages } from './damaged-messages.ts';
import { dateMessages } from './date-messages.ts';
import { embeddedMessages } from './embedded-messages.ts';
import { encodingMessages } from './encoding-messages.ts';
import { garbledMessages } from './garbled-messages.ts';
import { headerMessages } from './header-messages.ts';
import { hostileMessages } from './hostile-messages.ts';
import { letterMessages } from './letter-messages.ts';
import type { MadeMessage } from './made-message.ts';
import { nestedMessages } from './nested-messages.ts';
import { oddMessages } from './odd-messages.ts';
import { realMessages } from './real-messages.ts';
import { shapeMessages } from './shape-messages.ts';
import { signedMessages } from './signed-messages.ts';
import { structureMessages } from './structure-messages.ts';

/** Every made message by group. */
export const messageGroups: Record<string, readonly MadeMessage[]> = {
  charsets: charsetMessages,
  'letters in few words': letterMessages,
  'garbled text': garbledMessages,
  headers: headerMessages,
  'addresses and ids': addressMessages,
  dates: dateMessages,
  structure: structureMessages,
  'shapes by gateways and lists': shapeMessages,
  encodings: encodingMessages,
  attachments: attachmentMessages,
  'uuencode, yEnc, winmail.dat': embeddedMessages,
  'messages in messages': nestedMessages,
  'signed and encrypted': signedMessages,
  hostile: hostileMessages,
  'real programs': realMessages,
  'odd ones': oddMessages,
  'damaged on their way': damagedMessages,
};
