import type { BoundedReader, Finding } from './bounded-reader.ts';

/* The directory of an OLE compound file. Format: MS-CFB. Every sector read counts against the reader's bound. */

const signature = 'd0cf11e0a1b11ae1';
const endOfChain = 0xfffffffe;
const headerFatSectors = 109;
const entryBytes = 128;

/** Names of storages and streams that hold macros or a packed file. Names are compared without case, as OLE does. */
const programNames = new Set([
  '_vba_project',
  '_vba_project_cur',
  'vba',
  'macros',
  'project',
  '\x01ole10native',
]);

type Sectors = {
  readonly sizeBytes: number;
  readonly read: (sector: number) => Promise<Buffer | null>;
};

/** Whether the directory of an OLE file names macros; `none` where the file is no OLE file. */
export async function findInCompoundFile(reader: BoundedReader): Promise<Finding> {
  const header = await reader.piece(0, 512);
  if (header?.toString('hex', 0, 8) !== signature) return 'none';
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return 'unclear';
  const sizeBytes = 2 ** shift;
  const sectors = { sizeBytes, read: (sector: number) => readSector(reader, sizeBytes, sector) };
  const nextOf = allocationTable(header, sectors);
  const seen = new Set<number>();
  let sector: number | null = header.readUInt32LE(48);
  while (sector !== null && sector !== endOfChain) {
    if (seen.has(sector)) return 'unclear';
    seen.add(sector);
    const bytes = await sectors.read(sector);
    if (bytes === null) return 'unclear';
    if (namesProgram(bytes)) return 'program';
    sector = await nextOf(sector);
  }
  return sector === null ? 'unclear' : 'none';
}

/** A sector lies behind the header, which takes one sector. The last one may be cut short, as some writers do. */
function readSector(reader: BoundedReader, sizeBytes: number, sector: number): Promise<Buffer | null> {
  const at = (sector + 1) * sizeBytes;
  return reader.piece(at, Math.min(sizeBytes, reader.sizeBytes - at));
}

function namesProgram(directory: Buffer): boolean {
  for (let at = 0; at + entryBytes <= directory.length; at += entryBytes) {
    const nameBytes = directory.readUInt16LE(at + 64);
    const isUsed = directory[at + 66] !== 0;
    if (!isUsed || nameBytes < 2 || nameBytes > 64) continue;
    const name = directory.toString('utf16le', at, at + nameBytes - 2).toLowerCase();
    if (programNames.has(name)) return true;
  }
  return false;
}

/** Follows the FAT: the sector after a sector, or null where the table does not tell it. */
function allocationTable(header: Buffer, sectors: Sectors): (sector: number) => Promise<number | null> {
  const perSector = sectors.sizeBytes / 4;
  const fatSectors: number[] = [];
  for (let n = 0; n < headerFatSectors; n += 1) fatSectors.push(header.readUInt32LE(76 + n * 4));
  const read = new Map<number, Buffer>();
  const seenLists = new Set<number>();
  let nextList = header.readUInt32LE(68);

  /** Takes one more sector of the list of FAT sectors (DIFAT). Its last number is the next such sector. */
  const readMoreOfList = async (): Promise<boolean> => {
    if (seenLists.has(nextList)) return false;
    seenLists.add(nextList);
    const list = await sectors.read(nextList);
    if (list?.length !== sectors.sizeBytes) return false;
    for (let n = 0; n < perSector - 1; n += 1) fatSectors.push(list.readUInt32LE(n * 4));
    nextList = list.readUInt32LE((perSector - 1) * 4);
    return true;
  };

  return async (sector) => {
    const index = Math.floor(sector / perSector);
    while (fatSectors.length <= index) if (!(await readMoreOfList())) return null;
    const place = fatSectors[index];
    if (place === undefined) return null;
    const table = read.get(place) ?? (await sectors.read(place));
    if (table === null) return null;
    read.set(place, table);
    const at = (sector % perSector) * 4;
    return at + 4 <= table.length ? table.readUInt32LE(at) : null;
  };
}
