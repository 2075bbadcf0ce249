import type { Attachment } from '../../shared/message.ts';
import type { AttachmentView } from '../../shared/message-view.ts';
import { cleanAttachmentName } from '../message/safety/attachment-name.ts';

const rasterTypes = /^image\/(?:png|jpeg|jpg|pjpeg|gif|webp|bmp|x-ms-bmp|avif)$/;
const rasterNames = /\.(?:png|jpe?g|jfif|gif|webp|bmp|avif)$/i;
/** Shown as it is written; pages and pictures made of text say nothing to a person as their source. */
const textTypes = /^text\/(?!html|xml|xhtml)|^application\/(?:json|x-yaml|toml|mbox)$/;
const textNames =
  /\.(?:txt|text|log|csv|tsv|md|markdown|ini|conf|cfg|json|ya?ml|toml|diff|patch|ics|vcf|srt)$/i;
/** What programs say that do not know what they send: the name tells more. */
const vagueTypes = /^(?:application\/(?:octet-stream|x-download|force-download|unknown|binary)|image\/.*)$/;

/** Whether a file is a message of its own. */
export function isMessageFile({ type, name }: Pick<Attachment, 'type' | 'name'>): boolean {
  return type === 'message/rfc822' || /\.eml$/i.test(name);
}

/**
 * The name under which an attachment becomes a file. A message ends in .eml: it is opened as one here, whatever its sender
 * calls it, and must not be a program where it is saved or dropped.
 */
export function fileNameOf({ type, name }: Pick<Attachment, 'type' | 'name'>): string {
  const isNamedOtherwise = type === 'message/rfc822' && !/\.eml$/i.test(name);
  return cleanAttachmentName(isNamedOtherwise ? `${name}.eml` : name);
}

/** How a file can be looked at without being opened; null when it cannot. Its bytes are judged when it is. */
export function previewKind({ type, name }: Pick<Attachment, 'type' | 'name'>): AttachmentView['preview'] {
  const isVague = vagueTypes.test(type);
  if (rasterTypes.test(type) || (isVague && rasterNames.test(name))) return 'image';
  if (type === 'application/pdf' || /\.pdf$/i.test(name)) return 'pdf';
  if (isMessageFile({ type, name })) return 'message';
  return textTypes.test(type) || (isVague && textNames.test(name)) ? 'text' : null;
}
