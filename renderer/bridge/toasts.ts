import type { Failure } from '../../shared/failure.ts';
import { createStore } from './store.ts';

/** A finished action that one line can describe. */
export type DoneKind =
  | 'deleted'
  | 'archived'
  | 'moved'
  | 'moved-to-inbox'
  | 'folder-deleted'
  | 'starred'
  | 'unstarred'
  | 'read'
  | 'unread'
  | 'tagged'
  | 'untagged'
  | 'undone'
  | 'saved'
  | 'forwarded-without-files'
  | 'stored-already'
  | 'trash-emptied'
  | 'account-removed'
  | 'settings-saved'
  | 'backup-made'
  | 'exported'
  | 'imported'
  | 'restored'
  | 'compacted'
  | 'password-in-memory'
  | 'signed-in'
  | 'copied';

/** A short message to the person, shown for some seconds. */
export type Toast = {
  readonly id: number;
  readonly kind: 'done' | 'failure';
  readonly done: DoneKind | null;
  readonly count: number;
  /** Messages left out because they are here already. */
  readonly skipped: number;
  /** Links and special files that were not read. */
  readonly leftOut: number;
  readonly path: string | null;
  readonly undoToken: string | null;
  readonly failure: Failure | null;
};

/** Toasts on screen, oldest first. */
export const toastsStore = createStore<readonly Toast[]>([]);

const shownMs = 8000;
const most = 3;
let lastId = 0;

function show(toast: Omit<Toast, 'id'>): void {
  lastId += 1;
  const id = lastId;
  toastsStore.set((before) => [...before, { ...toast, id }].slice(-most));
  setTimeout(() => hideToast(id), shownMs);
}

/** Says that an action is done. `token` undoes it, where that is possible. */
export function showDone(
  done: DoneKind,
  facts: {
    readonly count?: number;
    readonly skipped?: number;
    readonly leftOut?: number;
    readonly path?: string;
    readonly undoToken?: string;
  } = {},
): void {
  show({
    kind: 'done',
    done,
    count: facts.count ?? 1,
    skipped: facts.skipped ?? 0,
    leftOut: facts.leftOut ?? 0,
    path: facts.path ?? null,
    undoToken: facts.undoToken ?? null,
    failure: null,
  });
}

/** Says what went wrong. An action that the person stopped is not told. */
export function showFailure(failure: Failure): void {
  if (failure.kind === 'cancelled') return;
  show({
    kind: 'failure',
    done: null,
    count: 0,
    skipped: 0,
    leftOut: 0,
    path: null,
    undoToken: null,
    failure,
  });
}

/** Takes a toast off the screen. */
export function hideToast(id: number): void {
  toastsStore.set((before) => before.filter((toast) => toast.id !== id));
}
