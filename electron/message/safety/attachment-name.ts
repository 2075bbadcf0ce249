/** Makes a file name out of whatever a sender calls an attachment. */

const maximumBytes = 200;
const maximumExtensionBytes = 20;

/** Controls, line and paragraph ends, text direction marks, zero-width and blank-looking characters, tags. */
const invisible =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\u2800\u3164\uffa0\u115f\u1160]|\p{Variation_Selector}|\u034f|\u17b4|\u17b5/gu;
const reservedOnWindows = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * A name that can be used for a file in any folder of Windows, macOS and Linux: no folder, no invisible or reserved
 * character, no reserved name, at most 200 bytes of UTF-8 with its extension kept, never empty. The fallback extension
 * (without dot) is added when there is none.
 */
export function cleanAttachmentName(raw: string, fallbackExtension = ''): string {
  // People tell a name by its two ends. A name of megabytes must not cost minutes.
  const bounded = raw.length > 2_000 ? raw.slice(0, 1_500) + raw.slice(-500) : raw;
  const visible = bounded.normalize('NFC').replace(invisible, '').replace(/\s/gu, ' ');
  const plain = trimmed(
    withoutFolders(visible)
      .replace(/[<>:"|?*\\/]/g, '_')
      .replace(/ {2,}/g, ' '),
  );
  const fallback = /^[a-z0-9]{1,10}$/i.test(fallbackExtension) ? `.${fallbackExtension}` : '';
  const named = plain === '' || /^_+$/.test(plain) ? 'attachment' : plain;
  const withExtension = /\.[^. ]{1,20}$/.test(named) ? named : named + fallback;
  const safe = reservedOnWindows.test(withExtension) ? `_${withExtension}` : withExtension;
  return cut(safe);
}

/** Of what looks like a path the last word, else all: numbers of documents have slashes in them. */
function withoutFolders(name: string): string {
  const isPath = /^\s*(?:[\\/~]|[a-z]:[\\/]|\.{1,2}[\\/])|[\\/]\.{1,2}[\\/]/i.test(name);
  return isPath ? (name.split(/[\\/]/).findLast((part) => trimmed(part) !== '') ?? '') : name;
}

/** Leading dots hide a file. Windows drops trailing dots and spaces, and would write another name than was judged. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+|[. ]+$/g, '');
}

function cut(name: string): string {
  if (Buffer.byteLength(name) <= maximumBytes) return name;
  const dot = name.lastIndexOf('.');
  const isExtension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= maximumExtensionBytes;
  const extension = isExtension ? name.slice(dot) : '';
  let stem = '';
  let left = maximumBytes - Buffer.byteLength(extension);
  for (const char of isExtension ? name.slice(0, dot) : name) {
    left -= Buffer.byteLength(char);
    if (left < 0) break;
    stem += char;
  }
  return trimmed(stem) + extension;
}

/** The name with " (n)" before its extension, for the nth file of that name in a folder; n from 2. */
export function numberedName(name: string, n: number): string {
  const dot = name.lastIndexOf('.');
  const mark = ` (${n})`;
  return dot > 0 ? `${name.slice(0, dot)}${mark}${name.slice(dot)}` : `${name}${mark}`;
}
