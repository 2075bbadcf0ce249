import { judgeAttachment } from '../../shared/attachment-policy.ts';
import type { Attachment } from '../../shared/message.ts';
import type { AttachmentView } from '../../shared/message-view.ts';
import { fileNameOf, isMessageFile, previewKind } from './preview-kind.ts';

/** Attachments as cards. A card tells what name and type alone say; the bytes are judged when a file is opened. */
export function attachmentCards(attachments: readonly Attachment[]): AttachmentView[] {
  return attachments.map((attachment) => {
    const verdict = isMessageFile(attachment)
      ? { kind: 'open' as const }
      : judgeAttachment({ ...attachment, head: new Uint8Array() });
    return {
      ...attachment,
      name: fileNameOf(attachment),
      canOpen: verdict.kind === 'open',
      saveOnlyReason: verdict.kind === 'save-only' ? verdict.reason : null,
      preview: previewKind(attachment),
    };
  });
}
