import { X } from 'lucide-react';
import { undo } from '../../bridge/message-actions.ts';
import { useStore } from '../../bridge/store.ts';
import { hideToast, type Toast, toastsStore } from '../../bridge/toasts.ts';
import { FailureNote } from '../../i18n/failures.tsx';
import { useTexts } from '../../i18n/texts.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/class-names.ts';

function ToastText({ toast }: { readonly toast: Toast }) {
  const t = useTexts();
  if (toast.failure !== null) return <FailureNote failure={toast.failure} />;
  if (toast.done === null) return null;
  return (
    <p>
      {t(`done.${toast.done}`, { count: toast.count, skipped: toast.skipped, leftOut: toast.leftOut })}
      {toast.path !== null && <span className="toast-path">{toast.path}</span>}
    </p>
  );
}

/** Tells the style sheet how high the toasts stand: a dialog leaves them that room. */
function measured(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const observer = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--toasts-height', `${box.offsetHeight}px`),
  );
  observer.observe(box);
  return () => observer.disconnect();
}

/** Toasts: short lines at the foot of the window: what was done, and how to take it back. */
export function Toasts() {
  const t = useTexts();
  const toasts = useStore(toastsStore);
  return (
    <section
      className="toasts"
      aria-label={t('toasts.label')}
      aria-live="polite"
      ref={measured}
      // Read out and pressed while a dialog is open too, and that closes no dialog.
      data-react-aria-top-layer="true"
    >
      {toasts.map((toast) => (
        <div key={toast.id} className={classes('toast', toast.kind === 'failure' && 'is-failure')}>
          <ToastText toast={toast} />
          {toast.undoToken !== null && (
            <Button
              look="quiet"
              className="toast-undo"
              onPress={() => void undo(toast.undoToken ?? undefined)}
            >
              {t('action.undo')}
            </Button>
          )}
          <IconButton label={t('action.close')} icon={<X size={15} />} onPress={() => hideToast(toast.id)} />
        </div>
      ))}
    </section>
  );
}
