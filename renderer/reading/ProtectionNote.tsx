import { FileLock, FileSignature, Puzzle } from 'lucide-react';
import type { MessageView } from '../../shared/message-view.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { saveAttachment } from './save-attachment.ts';

/** A message that is locked, signed, or only a piece of one: what that means, and what can be done about it. */
export function ProtectionNote({ view }: { readonly view: MessageView }) {
  const t = useTexts();
  const { protection, piece } = view;
  const file = protection?.file ?? null;
  return (
    <>
      {protection?.kind === 'encrypted' && (
        <Banner
          icon={<FileLock size={17} />}
          actions={
            file !== null && (
              <Button onPress={() => void saveAttachment(view.summary.id, file.part)}>
                {t('protection.save', { name: file.name })}
              </Button>
            )
          }
        >
          {t(file === null ? 'protection.encrypted-text' : 'protection.encrypted', {
            by: t(`protection.by.${protection.by}`),
          })}
        </Banner>
      )}
      {protection?.kind === 'signed' && (
        <Banner icon={<FileSignature size={17} />}>
          {t('protection.signed', { by: t(`protection.by.${protection.by}`) })}
        </Banner>
      )}
      {piece !== null && (
        <Banner icon={<Puzzle size={17} />}>
          {piece.total === null
            ? t('piece.number', { number: piece.number })
            : t('piece.number-of', { number: piece.number, total: piece.total })}
        </Banner>
      )}
    </>
  );
}
