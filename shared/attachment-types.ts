/* Kinds of files: those that can run or load, those that may be opened, and the first bytes that tell a type. */

/** What makes an ending dangerous; each has a sentence of its own. */
export type DangerousKind = 'program' | 'script' | 'shortcut' | 'installer' | 'disk-image' | 'macro' | 'page';

const endingsByKind: Readonly<Record<DangerousKind, string>> = {
  program: `air app appimage application arc bin chm cnt com cpl crx csh dll dylib elf ex_ exe fxp gadget grp hlp hpj
    jar jnlp ko lib o ocx osd oxt phar pif prg pyc pyo pyz pyzw scr so sys toast vsw vxd xap xbap xpi xll wim mui drv
    theme themepack terminal service timer snap flatpak`,
  script: `action bash bat cmd command fish hta ins isp its js jse mjs ksh mad maf mag mam maq mar mas mat mau mav maw
    mcf msh msh1 msh1xml msh2 msh2xml mshxml ops osascript php pl plg prf ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1
    psm1 pst py pyw rb reg rgs sct scriptlet sh shb tcl vb vbe vbp vbs wflow workflow ws wsb wsc wsf wsh xnk zsh
    scpt applescript awk lua inf`,
  shortcut: `appref-ms cer crt desktop diagcab fileloc inetloc iqy library-ms lnk mcl msc oqy printerexport rdp
    rqy scf search-ms searchconnector-ms settingcontent-ms shs slk udl url webloc webpnp website xrm-ms`,
  installer: `apk appinstaller appx appxbundle cab deb flatpakref flatpakrepo ipa mpkg msi msix msixbundle msp mst msu
    pkg rpm run`,
  'disk-image': 'dmg img iso nrg sparsebundle sparseimage udf vcd vdi vhd vhdx vmdk',
  macro: `accda accdb accde accdr accdt ade adp docm dotm mda mdb mde mdt mdw mdz odb potm ppa ppam ppsm pptm sldm
    vsmacros xla xlam xlsb xlsm xltm`,
  page: 'htm html maff mht mhtml shtml svg svgz swf wml xht xhtml xml xsl xslt',
};

/** Name endings, lower case, of what can run or load, and of which kind each is. */
export const dangerousEndings: ReadonlyMap<string, DangerousKind> = new Map(
  (Object.entries(endingsByKind) as [DangerousKind, string][]).flatMap(([kind, text]) =>
    text
      .trim()
      .split(/\s+/)
      .map((ending): [string, DangerousKind] => [ending, kind]),
  ),
);

/** Name endings of what may be opened, with the usual type of each. */
export const opens: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pdf: 'application/pdf',
    txt: 'text/plain',
    text: 'text/plain',
    log: 'text/plain',
    md: 'text/markdown',
    csv: 'text/csv',
    tsv: 'text/tab-separated-values',
    rtf: 'application/rtf',
    doc: 'application/msword',
    dot: 'application/msword',
    docx: 'application/zip',
    dotx: 'application/zip',
    xls: 'application/vnd.ms-excel',
    xlsx: 'application/zip',
    ppt: 'application/vnd.ms-powerpoint',
    pps: 'application/vnd.ms-powerpoint',
    pptx: 'application/zip',
    ppsx: 'application/zip',
    vsd: 'application/vnd.visio',
    vsdx: 'application/zip',
    odt: 'application/zip',
    ods: 'application/zip',
    odp: 'application/zip',
    odg: 'application/zip',
    epub: 'application/zip',
    fb2: 'text/plain',
    djvu: 'image/vnd.djvu',
    pages: 'application/zip',
    numbers: 'application/zip',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    jpe: 'image/jpeg',
    png: 'image/png',
    gif: 'image/gif',
    webp: 'image/webp',
    bmp: 'image/bmp',
    tif: 'image/tiff',
    tiff: 'image/tiff',
    heic: 'image/heic',
    heif: 'image/heic',
    avif: 'image/avif',
    ico: 'image/x-icon',
    psd: 'image/vnd.adobe.photoshop',
    mp3: 'audio/mpeg',
    m4a: 'audio/mp4',
    aac: 'audio/aac',
    ogg: 'audio/ogg',
    oga: 'audio/ogg',
    opus: 'audio/ogg',
    flac: 'audio/flac',
    wav: 'audio/wav',
    amr: 'audio/amr',
    mp4: 'video/mp4',
    m4v: 'video/mp4',
    mov: 'video/quicktime',
    avi: 'video/x-msvideo',
    mkv: 'video/x-matroska',
    webm: 'video/webm',
    mpg: 'video/mpeg',
    mpeg: 'video/mpeg',
    '3gp': 'video/3gpp',
    zip: 'application/zip',
    '7z': 'application/x-7z-compressed',
    rar: 'application/vnd.rar',
    gz: 'application/gzip',
    tgz: 'application/gzip',
    bz2: 'application/x-bzip2',
    xz: 'application/x-xz',
    tar: 'application/x-tar',
    ics: 'text/calendar',
    vcf: 'text/vcard',
    eml: 'message/rfc822',
    asc: 'application/pgp-signature',
    sig: 'application/pgp-signature',
    p7s: 'application/pkcs7-signature',
    dwg: 'image/vnd.dwg',
    dxf: 'image/vnd.dxf',
    gpx: 'text/plain',
    json: 'text/plain',
    srt: 'text/plain',
  }),
);

/** Declared MIME types of what can run. */
export const runnableTypes =
  /^(?:application\/(?:x-)?(?:msdownload|msdos-program|dosexec|executable|sharedlib|elf|mach-binary|sh|shellscript|csh|perl|python|ruby|php|javascript|ecmascript|java-archive|jar|java-jnlp-file|msi|ms-installer|ms-shortcut|desktop|debian-package|deb|rpm|redhat-package-manager|iso9660-image|apple-diskimage|hta|bat|vbscript|powershell|vnd\.android\.package-archive|vnd\.microsoft\.portable-executable|vnd\.debian\.binary-package|vnd\.appimage)|text\/(?:javascript|vbscript|x-sh|x-shellscript|x-python|x-perl)|application\/vnd\.ms-[a-z]+\.(?:[a-z.]+\.)?macroenabled\.12)$/i;
/** Declared MIME types of what a browser would open. */
export const loadableTypes =
  /^(?:text\/(?:html|xml|xsl)|application\/(?:xhtml\+xml|xml|x-mimearchive)|multipart\/related|image\/svg\+xml)$/i;
/** A type told by first bytes, and what makes it dangerous to open. */
export type Detected = { readonly type: string; readonly danger: DangerousKind | null };

/** First bytes, as Latin-1 text, at their place. */
export const signatures: readonly (readonly [
  at: number,
  bytes: string,
  type: string,
  danger: Detected['danger'],
])[] = [
  [0, 'MZ', 'application/vnd.microsoft.portable-executable', 'program'],
  [0, '\x7fELF', 'application/x-elf', 'program'],
  [0, '\xfe\xed\xfa\xce', 'application/x-mach-binary', 'program'],
  [0, '\xfe\xed\xfa\xcf', 'application/x-mach-binary', 'program'],
  [0, '\xce\xfa\xed\xfe', 'application/x-mach-binary', 'program'],
  [0, '\xcf\xfa\xed\xfe', 'application/x-mach-binary', 'program'],
  [0, '\xca\xfe\xba\xbe', 'application/java-vm', 'program'],
  [0, '#!', 'text/x-script', 'script'],
  [0, 'L\0\0\0\x01\x14\x02\0', 'application/x-ms-shortcut', 'shortcut'],
  [0, '[Desktop Entry]', 'application/x-desktop', 'shortcut'],
  [0, '[InternetShortcut]', 'application/x-mswinurl', 'shortcut'],
  [0, 'MSCF', 'application/vnd.ms-cab-compressed', 'installer'],
  [0, 'ITSF', 'application/vnd.ms-htmlhelp', 'program'],
  [0, '!<arch>\ndebian', 'application/vnd.debian.binary-package', 'installer'],
  [0, '\xed\xab\xee\xdb', 'application/x-rpm', 'installer'],
  [0, 'conectix', 'application/x-vhd', 'disk-image'],
  [0, 'vhdxfile', 'application/x-vhdx', 'disk-image'],
  [0, 'xar!', 'application/x-xar', 'installer'],
  [0, 'hsqs', 'application/vnd.squashfs', 'program'],
  [0x8001, 'CD001', 'application/x-iso9660-image', 'disk-image'],
  [0, '%PDF-', 'application/pdf', null],
  [0, '{\\rtf', 'application/rtf', null],
  [0, 'PK\x03\x04', 'application/zip', null],
  [0, '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed', null],
  [0, 'Rar!\x1a\x07', 'application/vnd.rar', null],
  [0, '\x1f\x8b', 'application/gzip', null],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage', null],
  [0, '\x89PNG\r\n\x1a\n', 'image/png', null],
  [0, '\xff\xd8\xff', 'image/jpeg', null],
  [0, 'GIF87a', 'image/gif', null],
  [0, 'GIF89a', 'image/gif', null],
  [8, 'WEBP', 'image/webp', null],
  [0, 'ID3', 'audio/mpeg', null],
  [0, 'OggS', 'audio/ogg', null],
  [0, 'fLaC', 'audio/flac', null],
  [8, 'WAVE', 'audio/wav', null],
];
