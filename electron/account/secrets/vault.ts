import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { VaultStatus } from '../../../shared/account-state.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { AccountId } from '../../../shared/ids.ts';
import { failed, ok, type Result } from '../../../shared/result.ts';
import type { Keyring } from './keyring.ts';
import { withLongSecrets } from './long-secrets.ts';

/** Keeps one secret (a password or a refresh token) for each account. */
export type Vault = {
  /** Whether the keyring can be used now. */
  status(): Promise<VaultStatus>;
  /** The secret, or null where none was saved. Fails with `keyring-unavailable` where the keyring does not answer. */
  get(accountId: AccountId): Promise<Result<string | null, Failure>>;
  /** Saves a secret and says where. `memory-only` lasts until the program ends, and the person has to be told. */
  set(accountId: AccountId, secret: string): Promise<Result<VaultStatus, Failure>>;
  /** Forgets a secret here and in the keyring. */
  remove(accountId: AccountId): Promise<Result<null, Failure>>;
};

/** How a vault is made. Everything has a default. */
export type VaultOptions = {
  /** Loads the keyring's binding; throws where the system has none. */
  readonly load?: () => Promise<Keyring>;
  /** How long one call may take, ms. A locked keyring asks the person for its password meanwhile. */
  readonly timeoutMs?: number;
  /** A call that was given up has been answered after all: the person has opened the keyring. */
  readonly onOpened?: () => void;
};

const service = 'Poppy';

/** Long enough to type the keyring's password, short enough to find out that a keyring hangs. */
const defaultTimeoutMs = 30_000;

/** This key is asked for only to find out whether the keyring answers. */
const probeKey = 'availability';

const unavailable: Failure = { kind: 'keyring-unavailable', canRetry: true };

async function loadKeytar(): Promise<Keyring> {
  if (!(await hasSessionBus())) throw new Error('no session bus, so no keyring');
  // Loaded late: where libsecret is missing this throws, and the program must start all the same.
  const module = await import('keytar');
  pinBinding();
  return 'default' in module ? (module.default as Keyring) : module;
}

/** RTLD_NODELETE of glibc and musl, which Node does not name. */
const neverUnload = 0x1000;

/**
 * Keeps the binding in memory when the worker that loaded it ends. Otherwise libsecret is unloaded but leaves its types
 * registered with GLib, and the next engine worker of the same process hangs in its first question.
 */
function pinBinding(): void {
  if (process.platform !== 'linux') return;
  const file = Object.keys(createRequire(import.meta.url).cache).find((path) => path.endsWith('keytar.node'));
  if (file !== undefined) process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_NOW | neverUnload);
}

/** On Linux the keyring is behind the session bus; without one libsecret would try to start it, and wait. */
async function hasSessionBus(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if ((process.env.DBUS_SESSION_BUS_ADDRESS ?? '') !== '') return true;
  const runtimeFolder = process.env.XDG_RUNTIME_DIR;
  if (runtimeFolder === undefined || runtimeFolder === '') return false;
  return access(join(runtimeFolder, 'bus')).then(
    () => true,
    () => false,
  );
}

/**
 * The system's keyring by keytar. A call holds a worker of Node's pool until it is answered, so only one is under way
 * at a time. While one hangs, everything else is answered from memory or fails at once.
 */
export function keyringVault(options: VaultOptions = {}): Vault {
  const { load = loadKeytar, timeoutMs = defaultTimeoutMs, onOpened } = options;
  const memory = new Map<AccountId, string>();
  let keyring: Promise<Keyring> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let isStuck = false;

  function loaded(): Promise<Keyring> {
    if (keyring !== null) return keyring;
    const loading = load().then(withLongSecrets);
    keyring = loading;
    // A keyring may appear later in the session, so a failure is not remembered.
    loading.catch(() => {
      keyring = null;
    });
    return loading;
  }

  async function call<Value>(use: (keyring: Keyring) => Promise<Value>): Promise<Result<Value, Failure>> {
    const answer = loaded().then(use);
    const freed = answer.then(
      () => undefined,
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<Result<Value, Failure>>((resolve) => {
      timer = setTimeout(() => {
        isStuck = true;
        void freed.then(() => {
          isStuck = false;
        });
        answer.then(onOpened, () => undefined); // refused in the end: nothing has changed
        resolve(failed(unavailable));
      }, timeoutMs);
    });
    const outcome = answer.then(
      (value) => ok(value),
      (): Result<Value, Failure> => failed(unavailable), // the binding's message names no cause worth showing
    );
    try {
      return await Promise.race([outcome, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  function ask<Value>(use: (keyring: Keyring) => Promise<Value>): Promise<Result<Value, Failure>> {
    const turn = queue.then((): Promise<Result<Value, Failure>> | Result<Value, Failure> =>
      isStuck ? failed(unavailable) : call(use),
    );
    queue = turn;
    return turn;
  }

  return {
    status: async () => {
      const answer = await ask((keyring) => keyring.getPassword(service, probeKey));
      return answer.ok ? 'keyring' : 'memory-only';
    },
    get: async (accountId) => {
      const held = memory.get(accountId);
      if (held !== undefined) return ok(held);
      return ask((keyring) => keyring.getPassword(service, accountId));
    },
    set: async (accountId, secret) => {
      if (secret === '') return failed({ kind: 'password-missing', canRetry: false });
      memory.set(accountId, secret);
      const answer = await ask((keyring) => keyring.setPassword(service, accountId, secret));
      if (!answer.ok) return ok('memory-only');
      if (memory.get(accountId) === secret) memory.delete(accountId);
      return ok('keyring');
    },
    remove: async (accountId) => {
      memory.delete(accountId);
      const answer = await ask((keyring) => keyring.deletePassword(service, accountId));
      return answer.ok ? ok(null) : answer;
    },
  };
}
