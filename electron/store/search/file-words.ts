import type { Attachment } from '../../../shared/message.ts';
import { type FileKind, fileKinds } from '../../../shared/search/operators.ts';

/*
 * Kinds and endings of attached files stand as words in the index, with a letter before them that no text has. So
 * "has:pdf" takes no longer than a word.
 */

const beforeKind = '\ue001';
const beforeEnding = '\ue002';

const endingsOfKind: Readonly<Record<FileKind, string>> = {
  pdf: 'pdf',
  image: 'png jpg jpeg gif webp bmp tif tiff heic heif avif svg ico',
  document: 'doc docx dot dotx odt ott rtf txt md pages epub',
  sheet: 'xls xlsx xlsm xlsb ods ots csv tsv numbers',
  slides: 'ppt pptx pps ppsx odp otp key',
  archive: 'zip 7z rar tar gz tgz bz2 xz zst',
  calendar: 'ics ical vcs',
  audio: 'mp3 m4a wav ogg oga opus flac aac amr wma',
  video: 'mp4 m4v mov avi mkv webm wmv 3gp mpg mpeg',
  message: 'eml msg',
};
const kinds = new Map(
  fileKinds.flatMap((kind) =>
    endingsOfKind[kind].split(' ').map((ending): [string, FileKind] => [ending, kind]),
  ),
);

function kindOfType(type: string): FileKind | null {
  if (type === 'application/pdf') return 'pdf';
  if (type === 'message/rfc822') return 'message';
  if (type === 'text/calendar') return 'calendar';
  const [first] = type.split('/');
  return first === 'image' || first === 'audio' || first === 'video' ? first : null;
}

function endingOf(name: string): string | null {
  return /\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? null;
}

/** The word under which messages with such a file stand in the index. */
export function wordOfKind(kind: FileKind): string {
  return `${beforeKind}${kind}`;
}

/** The word under which messages with a file of this ending stand; null where it cannot be an ending. */
export function wordOfEnding(ending: string): string | null {
  return /^[\p{L}\p{N}]{1,10}$/u.test(ending) ? `${beforeEnding}${ending}` : null;
}

/** Words for kinds and endings of the attached files, each once. Pictures that are shown inside the body do not count. */
export function fileWords(attachments: readonly Attachment[]): readonly string[] {
  const words = new Set<string>();
  for (const { name, type, isInline } of attachments) {
    if (isInline) continue;
    const ending = endingOf(name);
    const kind = kindOfType(type) ?? (ending === null ? undefined : kinds.get(ending));
    if (kind !== undefined) words.add(wordOfKind(kind));
    // A PDF is a document too.
    if (kind === 'pdf') words.add(wordOfKind('document'));
    if (ending !== null) words.add(`${beforeEnding}${ending}`);
  }
  return [...words];
}
