// The fuses of the packaged program: Electron's switches that are burnt into its binary.
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** What each fuse must be. A newer Electron may have one that is missing here: then nothing is packaged. */
const wanted = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // The one that guards nothing: without it WebAssembly is slower.
  WasmTrapHandlers: true,
};

/** Sets every fuse that this Electron has. Fails where it has one that is not decided on above. */
export async function setFuses(program) {
  const wire = await getCurrentFuseWire(program);
  const has = ([name]) => wire[FuseV1Options[name]] !== undefined;
  const values = Object.entries(wanted)
    .filter(has)
    .map(([name, isOn]) => [FuseV1Options[name], isOn]);
  const config = Object.fromEntries(values);
  await flipFuses(program, { ...config, version: FuseVersion.V1, strictlyRequireAllFuses: true });
}

/** The fuses of a binary that are not as they must be, as they are written in it; unknown ones by their number. */
export async function wrongFuses(program) {
  const { version: _version, ...wire } = await getCurrentFuseWire(program);
  return Object.entries(wire)
    .filter(([index, value]) => String.fromCharCode(value) !== letterOf(FuseV1Options[index]))
    .map(([index]) => FuseV1Options[index] ?? `fuse ${index}`);
}

function letterOf(name) {
  if (!(name in wanted)) return null;
  return wanted[name] ? '1' : '0';
}
