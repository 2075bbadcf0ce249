import { useState } from 'react';
import { garbledCharset } from '../../shared/charset.ts';
import type { MessageView } from '../../shared/message-view.ts';
import { poppy } from '../bridge/poppy.ts';
import { showFailure } from '../bridge/toasts.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Picker } from '../ui/Choice.tsx';
import { Dialog } from '../ui/Dialog.tsx';

const charsets = [
  'utf-8',
  'koi8-r',
  'windows-1251',
  'iso-8859-5',
  'cp866',
  'x-mac-cyrillic',
  'koi8-u',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'windows-1250',
  'iso-8859-7',
  'windows-1253',
  'iso-8859-9',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
] as const;

type CharsetDialogProps = {
  readonly view: MessageView;
  readonly onClose: () => void;
  readonly onChosen: () => void;
};

/** Reads a message's bytes as another character set; the choice is remembered for the message. */
export function CharsetDialog({ view, onClose, onChosen }: CharsetDialogProps) {
  const t = useTexts();
  const [charset, setCharset] = useState<string>(view.charset.chosen ?? 'auto');
  const choose = async (chosen: string) => {
    onClose();
    const outcome = await poppy.request('message/choose-charset', {
      id: view.summary.id,
      charset: chosen === 'auto' ? null : chosen,
    });
    if (outcome.ok) onChosen();
    else showFailure(outcome.failure);
  };
  return (
    <Dialog
      title={t('charset.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('action.close')}
      size="small"
      foot={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" onPress={() => void choose(charset)}>
            {t('charset.use')}
          </Button>
        </>
      }
    >
      <p>{t('charset.text')}</p>
      <Picker
        label={t('charset.label')}
        value={charset}
        onChange={setCharset}
        options={[
          { key: 'auto', label: t('charset.auto', { charset: view.charset.used }) },
          { key: garbledCharset, label: t('charset.garbled') },
          ...charsets.map((key) => ({ key, label: key })),
        ]}
      />
      <p>{t('charset.garbled-text')}</p>
      <Button onPress={() => void choose(garbledCharset)}>{t('charset.mend')}</Button>
    </Dialog>
  );
}
