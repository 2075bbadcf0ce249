import { X } from 'lucide-react';
import { undo } from '../bridge/message-actions.ts';
import { hideNotice, type Notice, noticesStore } from '../bridge/notices.ts';
import { useStore } from '../bridge/store.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useWords } from '../i18n/words.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { classes } from '../ui/class-names.ts';

function NoticeWords({ notice }: { readonly notice: Notice }) {
  const t = useWords();
  if (notice.failure !== null) return <FailureNote failure={notice.failure} />;
  if (notice.done === null) return null;
  return (
    <p>
      {t(`done.${notice.done}`, { count: notice.count, skipped: notice.skipped })}
      {notice.path !== null && <span className="toast-path">{notice.path}</span>}
    </p>
  );
}

/** Tells the style sheet how high the notices stand: a dialog leaves them that room. */
function measured(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const observer = new ResizeObserver(() =>
    document.documentElement.style.setProperty('--toasts-height', `${box.offsetHeight}px`),
  );
  observer.observe(box);
  return () => observer.disconnect();
}

/** Short words at the foot of the window: what was done, and how to take it back. */
export function Toasts() {
  const t = useWords();
  const notices = useStore(noticesStore);
  return (
    <section
      className="toasts"
      aria-label={t('toasts.label')}
      aria-live="polite"
      ref={measured}
      // Read out and pressed while a dialog is open too, and that closes no dialog.
      data-react-aria-top-layer="true"
    >
      {notices.map((notice) => (
        <div key={notice.id} className={classes('toast', notice.kind === 'failure' && 'is-failure')}>
          <NoticeWords notice={notice} />
          {notice.undoToken !== null && (
            <Button
              look="quiet"
              className="toast-undo"
              onPress={() => void undo(notice.undoToken ?? undefined)}
            >
              {t('action.undo')}
            </Button>
          )}
          <IconButton
            label={t('action.close')}
            icon={<X size={15} />}
            onPress={() => hideNotice(notice.id)}
          />
        </div>
      ))}
    </section>
  );
}
