import { type PDFiumDocument, PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';
import { encodePng } from './png.ts';
import { Unreadable } from './unreadable.ts';

/** How much of a document is drawn at most. */
export type PdfLimits = {
  readonly pages: number;
  readonly widthPixels: number;
  readonly pixelsPerPage: number;
  /** All pictures together. */
  readonly pngBytes: number;
  /** No further page is begun after this time. */
  readonly timeMs: number;
  /** Memory the renderer may grow to. */
  readonly memoryBytes: number;
};

const defaultLimits: PdfLimits = {
  pages: 20,
  widthPixels: 1000,
  pixelsPerPage: 4_000_000,
  pngBytes: 24_000_000,
  timeMs: 8_000,
  memoryBytes: 512 * 1024 * 1024,
};

/** The first pages of a document as PNG pictures, and how many pages it has in all. */
export type PdfPages = { readonly pictures: readonly Uint8Array[]; readonly pageCount: number };

/**
 * Draws the first pages of a PDF. The renderer is a WebAssembly program without a script engine, a file system or a
 * network: a document can run and fetch nothing. Each document gets a renderer of its own, so that one
 * that breaks it spoils nothing for the next. Throws an Unreadable that says why where no page can be drawn.
 */
export async function renderPdf(
  bytes: Uint8Array,
  renderer: WebAssembly.Module,
  limits: Partial<PdfLimits> = {},
): Promise<PdfPages> {
  const most = { ...defaultLimits, ...limits };
  // Readers look for the mark within the first kilobyte. ISO 32000-1, annex H.3.4.1
  if (!Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-'))
    throw new Unreadable('not-a-pdf', 'it is not a PDF');
  // The package writes the document to memory without asking whether it was given any.
  if (bytes.length > most.memoryBytes / 4) throw new Unreadable('too-long', 'it is too large');
  const library = await freshLibrary(renderer, most.memoryBytes);
  const document = await loaded(library, bytes);
  const pageCount = document.getPageCount();
  const pictures: Uint8Array[] = [];
  const end = performance.now() + most.timeMs;
  let size = 0;
  for (let index = 0; index < Math.min(pageCount, most.pages); index += 1) {
    if (size >= most.pngBytes || performance.now() > end) break;
    const picture = await drawn(() => document.getPage(index), most);
    if (picture === null || size + picture.length > most.pngBytes) break;
    pictures.push(picture);
    size += picture.length;
  }
  if (pictures.length === 0) throw new Unreadable('no-pages', 'none of its pages can be drawn');
  return { pictures, pageCount };
}

async function loaded(library: PDFiumLibrary, bytes: Uint8Array): Promise<PDFiumDocument> {
  try {
    return await library.loadDocument(bytes);
  } catch (error) {
    const { message } = error as Error;
    throw new Unreadable(/password|security/i.test(message) ? 'locked-pdf' : 'damaged-pdf', message);
  }
}

/** A page as PNG; null where the page is damaged or asks for more than the renderer may have. */
async function drawn(load: () => PDFiumPage, most: PdfLimits): Promise<Uint8Array | null> {
  try {
    const page = load();
    const { originalWidth, originalHeight } = page.getOriginalSize();
    if (!(originalWidth > 0 && originalHeight > 0)) return null;
    const scale = Math.min(
      most.widthPixels / originalWidth,
      Math.sqrt(most.pixelsPerPage / (originalWidth * originalHeight)),
    );
    // A ribbon a hair wide still has one pixel, and then its length has to be held as well.
    const width = Math.max(1, Math.floor(originalWidth * scale));
    const height = Math.min(most.pixelsPerPage, Math.max(1, Math.floor(originalHeight * scale)));
    const { data } = await page.render({
      width,
      height,
      render: async (picture) => encodePng(picture.width, picture.height, picture.data),
    });
    return data;
  } catch {
    // The pages before it have been drawn; they are shown without this one and those after it.
    return null;
  }
}

/** A renderer with memory of its own that cannot grow beyond the limit. */
function freshLibrary(renderer: WebAssembly.Module, memoryBytes: number) {
  return PDFiumLibrary.init({
    instantiateWasm: (imports, use) => {
      const instance = new WebAssembly.Instance(renderer, imports);
      const { memory } = instance.exports;
      if (memory instanceof WebAssembly.Memory) {
        const grow = memory.grow.bind(memory);
        memory.grow = (pages) => {
          if (memory.buffer.byteLength + pages * 65_536 > memoryBytes)
            throw new RangeError('the renderer asks for too much memory');
          return grow(pages);
        };
      }
      // The package takes the instance here, whatever its types say.
      use(instance);
      return instance.exports;
    },
  });
}
