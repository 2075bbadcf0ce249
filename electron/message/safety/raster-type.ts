/** Raster image types that are shown inside a message; SVG is not among them, as it is a document. */
export type RasterType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/bmp' | 'image/avif';

const latin1 = (head: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...head.subarray(start, end));

/** Type of an image by its first bytes (12 are enough), whatever it calls itself. Null for a type that is not shown. */
export function rasterTypeOf(head: Uint8Array): RasterType | null {
  if (latin1(head, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (latin1(head, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (/^GIF8[79]a$/.test(latin1(head, 0, 6))) return 'image/gif';
  if (latin1(head, 0, 4) === 'RIFF' && latin1(head, 8, 12) === 'WEBP') return 'image/webp';
  if (latin1(head, 0, 2) === 'BM' && head.length >= 6) return 'image/bmp';
  if (/^ftypavi[fs]$/.test(latin1(head, 4, 12))) return 'image/avif';
  return null;
}

/** Width and height in pixels. */
export type RasterSize = { readonly width: number; readonly height: number };

/** Size of an image as its header tells it; null when the header holds none or is of a type not read here. */
export function rasterSizeOf(bytes: Uint8Array): RasterSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (rasterTypeOf(bytes.subarray(0, 16))) {
      case 'image/png':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'image/gif':
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 'image/bmp':
        return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
      case 'image/jpeg':
        return jpegSize(view);
      case 'image/webp':
        return webpSize(view);
      default:
        return null;
    }
  } catch {
    // The file ends inside its header: its size is not known.
    return null;
  }
}

/** Walks the markers to the frame header. ITU-T T.81, B.2.2. */
function jpegSize(view: DataView): RasterSize | null {
  let at = 2;
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Three kinds of first chunk, each with the size in its own place. */
function webpSize(view: DataView): RasterSize | null {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (kind === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 'VP8X') return null;
  const uint24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65536;
  return { width: uint24(24) + 1, height: uint24(27) + 1 };
}
