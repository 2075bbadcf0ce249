import type { ElectronRelease } from '../../../shared/app-state.ts';
import releases from './electron-releases.json';

const dates: Readonly<Record<string, string>> = releases;

/** An Electron by its version, with its day of release as the table beside has it. A package needs its day there. */
export function electronRelease(version: string): ElectronRelease {
  const day = dates[version];
  return { version, releasedAt: day === undefined ? null : Date.parse(day) };
}
