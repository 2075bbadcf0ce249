import { useWords } from '../i18n/words.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { bindings } from './keyboard.ts';

type KeysSheetProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** All keys on one sheet. */
export function KeysSheet({ isOpen, onClose }: KeysSheetProps) {
  const t = useWords();
  return (
    <Dialog
      title={t('keys.title')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('action.close')}
      size="large"
    >
      <dl className="keys">
        {bindings.map(({ keys, command }) => (
          <div key={keys} className="keys-line">
            <dt>
              {keys.split(/(?<=.)\+/).map((key, at) => (
                <span key={key}>
                  {at > 0 && ' + '}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{t(`command.${command}`)}</dd>
          </div>
        ))}
        <div className="keys-line">
          <dt>
            <kbd>1</kbd> – <kbd>9</kbd>
          </dt>
          <dd>{t('command.tag')}</dd>
        </div>
      </dl>
    </Dialog>
  );
}
