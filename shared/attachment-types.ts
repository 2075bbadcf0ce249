const endings = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Name endings of what can run: programs, scripts, shortcuts, installers, disk images, macro documents. */
export const runs = endings(`
  action air apk app appimage appinstaller application appref-ms appx appxbundle arc bash bat bin cab cer chm cmd
  cnt com command cpl crt crx csh deb der desktop dll dmg dylib elf ex_ exe fish fxp gadget grp hlp hpj hta img inf
  ins iqy ipa iso isp its jar jnlp js jse ko ksh lib library-ms lnk ma mad maf mag mam maq mar mas mat mau mav
  maw mcf mda mdb mde mdt mdw mdz mpkg msc msh msh1 msh1xml msh2 msh2xml mshxml msi msix msixbundle msp mst msu o
  ocx ops osd out oxt pcd phar php pif pkg pl plg prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1
  psm1 py pyc pyo pyw pyz pyzw rb reg rgs rpm run scf scr scriptlet sct search-ms service settingcontent-ms sh shb
  shs slk snap so sparsebundle sparseimage sys terminal theme themepack timer tmp toast udl url vb vbe vbp vbs
  vdi vhd vhdx vmdk vsmacros vsw vxd webloc website webpnp wflow wim workflow ws wsb wsc wsf wsh xbap xll xnk xpi
  xrm-ms zsh flatpak flatpakref flatpakrepo docm dotm xlsm xltm xlsb xlam xla pptm potm ppam ppa ppsm sldm
  accda accdb accde accdr accdt odb`);
/** Name endings of what a browser would open. */
export const loads = endings('htm html xhtml xht shtml mht mhtml svg svgz xml xsl xslt hta swf maff wml');

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
export type Detected = { readonly type: string; readonly danger: 'can-run' | 'can-load' | null };

/** First bytes, as Latin-1 text, at their place. */
export const signatures: readonly (readonly [
  at: number,
  bytes: string,
  type: string,
  danger: Detected['danger'],
])[] = [
  [0, 'MZ', 'application/vnd.microsoft.portable-executable', 'can-run'],
  [0, '\x7fELF', 'application/x-elf', 'can-run'],
  [0, '\xfe\xed\xfa\xce', 'application/x-mach-binary', 'can-run'],
  [0, '\xfe\xed\xfa\xcf', 'application/x-mach-binary', 'can-run'],
  [0, '\xce\xfa\xed\xfe', 'application/x-mach-binary', 'can-run'],
  [0, '\xcf\xfa\xed\xfe', 'application/x-mach-binary', 'can-run'],
  [0, '\xca\xfe\xba\xbe', 'application/java-vm', 'can-run'],
  [0, '#!', 'text/x-script', 'can-run'],
  [0, 'L\0\0\0\x01\x14\x02\0', 'application/x-ms-shortcut', 'can-run'],
  [0, '[Desktop Entry]', 'application/x-desktop', 'can-run'],
  [0, '[InternetShortcut]', 'application/x-mswinurl', 'can-run'],
  [0, 'MSCF', 'application/vnd.ms-cab-compressed', 'can-run'],
  [0, 'ITSF', 'application/vnd.ms-htmlhelp', 'can-run'],
  [0, '!<arch>\ndebian', 'application/vnd.debian.binary-package', 'can-run'],
  [0, '\xed\xab\xee\xdb', 'application/x-rpm', 'can-run'],
  [0, 'conectix', 'application/x-vhd', 'can-run'],
  [0, 'vhdxfile', 'application/x-vhdx', 'can-run'],
  [0, 'xar!', 'application/x-xar', 'can-run'],
  [0, 'hsqs', 'application/vnd.squashfs', 'can-run'],
  [0x8001, 'CD001', 'application/x-iso9660-image', 'can-run'],
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
