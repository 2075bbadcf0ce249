import { CloudOff } from 'lucide-react';
import type { Failure } from '../../shared/failure.ts';
import type { ServerView } from '../../shared/server-view.ts';
import { runCommand } from '../bridge/commands.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Progress, Spinner } from '../ui/Progress.tsx';

type NotConnectedProps = {
  /** Why there is no session; null while one is being opened. */
  readonly failure: Failure | null;
  readonly onOpen: () => void;
};

/** In place of the mailbox while it is not open: that it is being opened, or why it is not. */
export function NotConnected({ failure, onOpen }: NotConnectedProps) {
  const t = useTexts();
  if (failure === null) return <EmptyState picture={<Spinner />} title={t('server-view.connecting')} />;
  return (
    <EmptyState
      picture={<CloudOff size={40} strokeWidth={1.25} />}
      title={t('server-view.failed')}
      text={<FailureNote failure={failure} />}
      action={
        <>
          <Button onPress={onOpen}>{t('action.try-again')}</Button>
          {!failure.canRetry && (
            <Button look="primary" onPress={() => runCommand('check-settings')}>
              {t('action.check-settings')}
            </Button>
          )}
        </>
      }
    />
  );
}

type ServerNewsProps = { readonly view: ServerView; readonly onOpen: () => void };

/** What became of the session and of the plan: dropped, being applied, applied. */
export function ServerNews({ view, onOpen }: ServerNewsProps) {
  const t = useTexts();
  const formats = useFormats();
  const { applied } = view;
  return (
    <>
      {view.connection === 'dropped' && (
        <Banner
          look="warning"
          icon={<CloudOff size={17} />}
          actions={<Button onPress={onOpen}>{t('server-view.reconnect')}</Button>}
        >
          <p>{t('server-view.dropped')}</p>
          {view.failure !== null && <FailureNote failure={view.failure} />}
        </Banner>
      )}
      {applied !== null && (applied.outcome === 'running' || applied.outcome === 'asked') && (
        <div className="server-applying" role="status">
          {applied.outcome === 'asked'
            ? t('server-view.asked')
            : t('server-view.applying', {
                done: formats.number(applied.done),
                total: formats.number(applied.total),
              })}
          <Progress
            label={t('server-view.applying-label')}
            part={applied.total === 0 ? null : applied.done / applied.total}
          />
        </div>
      )}
      {applied !== null && applied.outcome !== 'running' && applied.outcome !== 'asked' && (
        <Banner look={applied.outcome === 'applied' || applied.outcome === 'taken-back' ? 'good' : 'warning'}>
          {t(`server-view.outcome.${applied.outcome}`, { count: applied.done })}
        </Banner>
      )}
    </>
  );
}
