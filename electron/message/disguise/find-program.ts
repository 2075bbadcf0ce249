import { boundedReader, type FileBytes, type Finding } from './bounded-reader.ts';
import { findInCompoundFile } from './compound-file.ts';
import { findInRtf } from './rtf-objects.ts';
import { findInZip } from './zip-directory.ts';

/**
 * Looks for macros and embedded objects in a decoded file, by its bytes only: OLE, zip (Office and OpenDocument) and
 * RTF. Each kind reads at most 4 MB. Rejects only as reading the file does.
 */
export async function findProgram(file: FileBytes): Promise<Finding> {
  let finding: Finding = 'none';
  for (const find of [findInCompoundFile, findInRtf, findInZip]) {
    const found = await find(boundedReader(file));
    if (found === 'program') return found;
    if (found === 'unclear') finding = found;
  }
  return finding;
}
