import { fileURLToPath } from 'node:url';

/** Where the installed PDF renderer's WebAssembly program is. */
export const pdfRendererPath = fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));

/** What a made PDF has beside its plain pages. */
export type PdfExtras = {
  readonly pages?: number;
  /** Width and height of each page in points. */
  readonly size?: readonly [number, number];
  /** Entries of the catalogue, such as an action to be done when the document is opened. */
  readonly catalog?: string;
  /** Entries of each page, such as annotations. */
  readonly page?: string;
  /** Entries of the trailer, such as encryption. */
  readonly trailer?: string;
  /** What each page draws. */
  readonly drawing?: string;
  /** Further objects, numbered from 10. */
  readonly objects?: readonly string[];
};

/** A PDF of equal pages with one line of text, and whatever else is asked for. */
export function madePdf(extras: PdfExtras = {}): Buffer {
  const { pages = 1, size = [400, 500], objects = [] } = extras;
  const drawing = extras.drawing ?? 'BT /F1 24 Tf 40 400 Td (A made page) Tj ET';
  const kids = Array.from({ length: pages }, (_page, index) => 10 + objects.length + index);
  const numbered = new Map<number, string>([
    [1, `<< /Type /Catalog /Pages 2 0 R ${extras.catalog ?? ''} >>`],
    [2, `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${pages} >>`],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    [4, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    ...objects.map((object, index): [number, string] => [10 + index, object]),
    ...kids.map((kid): [number, string] => [
      kid,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(' ')}] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X1 10 0 R >> >> ${extras.page ?? ''} >>`,
    ]),
  ]);
  let out = '%PDF-1.7\n';
  let table = '';
  for (const [number, object] of numbered) {
    table += `${number} 1\n${String(out.length).padStart(10, '0')} 00000 n \n`;
    out += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const start = out.length;
  out += `xref\n0 1\n0000000000 65535 f \n${table}trailer\n<< /Size ${10 + objects.length + pages} /Root 1 0 R ${extras.trailer ?? ''} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

/** A trailer that asks for a password nobody has. ISO 32000-1 §7.6.3.2 */
export const locked = `/ID [<${'01'.repeat(16)}> <${'01'.repeat(16)}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >>`;

/** What a PDF may carry to run a program or to reach `address`; each is a document of one page. */
export function pdfTricks(address: string): Record<string, Buffer> {
  const annotation = (action: string) =>
    `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 400 500] /Border [0 0 0] /A ${action} >>]`;
  const uri = `<< /S /URI /URI (${address}) >>`;
  const script = `<< /S /JavaScript /JS (app.launchURL("${address}"); this.submitForm("${address}")) >>`;
  return {
    'a script when it is opened': madePdf({ catalog: `/OpenAction ${script}` }),
    'a named script': madePdf({ catalog: `/Names << /JavaScript << /Names [(a) ${script}] >> >>` }),
    'an address when it is opened': madePdf({ catalog: `/OpenAction ${uri}` }),
    'a link over the whole page': madePdf({ page: annotation(uri) }),
    'actions of the page': madePdf({ page: `/AA << /O ${script} /C ${uri} >>` }),
    'a program to launch': madePdf({ catalog: '/OpenAction << /S /Launch /F (/bin/sh) >>' }),
    'a form that is sent': madePdf({
      catalog: `/OpenAction << /S /SubmitForm /F << /FS /URL /F (${address}) >> >>`,
    }),
    'another document to go to': madePdf({
      catalog: '/OpenAction << /S /GoToR /F (//192.0.2.1/share/a.pdf) /D [0 /Fit] >>',
    }),
    'a drawing that lies elsewhere': madePdf({
      drawing: 'BT /F1 24 Tf 40 400 Td (A made page) Tj ET /X1 Do',
      objects: [
        `<< /Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 0 /F << /FS /URL /F (${address}) >> >>\nstream\n\nendstream`,
      ],
    }),
  };
}
