import {
  nodeFiles,
  type SegmentFile,
  type SegmentFiles,
} from '../../electron/store/segments/segment-file.ts';

/** What was asked of the disk, in order: `write`, `sync`, `truncate`, `rename`, `remove`, `open`… */
export type DiskCall = { readonly name: string; readonly path: string };

function diskError(code: string): Error {
  return Object.assign(new Error(`${code}: made up by a test`), { code });
}

/**
 * The real file system until a call that `fails` names with an error code; `'half'` in front (`half ENOSPC`) writes
 * half of the bytes first, as a full disk does. With `isDeadAfter` every later call fails too, as in a killed process.
 */
export function faultyFiles(
  fails: (call: DiskCall, number: number) => string | null,
  isDeadAfter = false,
): { readonly files: SegmentFiles; readonly calls: DiskCall[] } {
  const calls: DiskCall[] = [];
  let dead: string | null = null;
  const check = (name: string, path: string): string | null => {
    if (dead !== null) return dead;
    calls.push({ name, path });
    const fault = fails({ name, path }, calls.length);
    if (fault !== null && isDeadAfter) dead = fault;
    return fault;
  };
  const guarded = async <Value>(name: string, path: string, work: () => Promise<Value>): Promise<Value> => {
    const fault = check(name, path);
    if (fault !== null) throw diskError(fault.replace('half ', ''));
    return work();
  };
  const guardFile = (file: SegmentFile, path: string): SegmentFile => ({
    async write(bytes, position) {
      const fault = check('write', path);
      if (fault?.startsWith('half ')) await file.write(bytes.subarray(0, bytes.length >> 1), position);
      if (fault !== null) throw diskError(fault.replace('half ', ''));
      await file.write(bytes, position);
    },
    read: (into, position) => file.read(into, position),
    sync: () => guarded('sync', path, () => file.sync()),
    truncate: (length) => guarded('truncate', path, () => file.truncate(length)),
    close: () => file.close(),
  });
  const files: SegmentFiles = {
    open: async (path, mode) =>
      mode === 'read'
        ? nodeFiles.open(path, mode)
        : guardFile(await guarded('open', path, () => nodeFiles.open(path, mode)), path),
    length: nodeFiles.length,
    lengthNow: nodeFiles.lengthNow,
    list: nodeFiles.list,
    rename: (from, to) => guarded('rename', from, () => nodeFiles.rename(from, to)),
    remove: (path) => guarded('remove', path, () => nodeFiles.remove(path)),
    makeFolder: (folder) => guarded('makeFolder', folder, () => nodeFiles.makeFolder(folder)),
    syncFolder: (folder) => guarded('syncFolder', folder, () => nodeFiles.syncFolder(folder)),
  };
  return { files, calls };
}
