import { useMemo } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import type { AttachmentView } from '../../shared/message-view.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Spinner } from '../ui/Progress.tsx';

type AttachmentPreviewProps = {
  readonly id: MessageId;
  readonly attachment: AttachmentView;
  readonly isDark: boolean;
  readonly onClose: () => void;
};

/** A look into a file without opening it. */
export function AttachmentPreview({ id, attachment, isDark, onClose }: AttachmentPreviewProps) {
  const t = useTexts();
  const request = useMemo(() => ({ id, part: attachment.part, isDark }), [id, attachment.part, isDark]);
  const { value } = useAnswer('attachment/preview', request);
  return (
    <Dialog title={attachment.name} isOpen onClose={onClose} closeLabel={t('action.close')} size="large">
      {value === null && <Spinner />}
      {value !== null && !value.ok && <FailureNote failure={value.failure} />}
      {value?.ok === true && (
        <iframe
          className="preview-frame"
          title={attachment.name}
          sandbox="allow-popups"
          src={value.value.url}
        />
      )}
    </Dialog>
  );
}
