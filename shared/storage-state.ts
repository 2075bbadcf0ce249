import type { AccountId } from './ids.ts';

/** Space that mail takes on this computer. Bytes. */
export type StorageState = {
  readonly folder: string;
  readonly accounts: readonly {
    readonly accountId: AccountId;
    readonly messages: number;
    readonly bytes: number;
    readonly deadBytes: number;
  }[];
  readonly indexBytes: number;
  /** When the person last made a whole backup, milliseconds since the epoch. */
  readonly lastBackupAt: number | null;
};
