import { Download, Trash2, X } from 'lucide-react';
import { useMemo } from 'react';
import type { AccountId } from '../../shared/ids.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Spinner } from '../ui/Progress.tsx';

type PreviewPanelProps = {
  readonly accountId: AccountId;
  readonly messageKey: string;
  readonly onPlan: (plan: 'download' | 'delete') => void;
  readonly onClose: () => void;
};

/** The first lines of a message, brought by TOP without fetching it. */
export function PreviewPanel({ accountId, messageKey, onPlan, onClose }: PreviewPanelProps) {
  const t = useTexts();
  const request = useMemo(() => ({ accountId, key: messageKey }), [accountId, messageKey]);
  const { value } = useAnswer('server/preview', request);
  return (
    <aside className="server-preview" aria-label={t('server-view.preview')}>
      <header className="server-preview-head">
        <div>
          <h2 className="server-preview-title" dir="auto">
            {value?.ok === true ? value.value.subject || t('list.no-subject') : t('server-view.preview')}
          </h2>
          {value?.ok === true && (
            <p className="soft" dir="auto">
              {value.value.from}
            </p>
          )}
        </div>
        <IconButton label={t('action.close')} icon={<X size={17} />} onPress={onClose} />
      </header>
      {value === null && <Spinner />}
      {value !== null && !value.ok && <FailureNote failure={value.failure} />}
      {value?.ok === true && <pre className="server-preview-text">{value.value.text}</pre>}
      <footer className="server-preview-foot">
        <Button icon={<Download size={15} />} onPress={() => onPlan('download')}>
          {t('server-view.plan-download')}
        </Button>
        <Button icon={<Trash2 size={15} />} onPress={() => onPlan('delete')}>
          {t('server-view.plan-delete')}
        </Button>
      </footer>
    </aside>
  );
}
