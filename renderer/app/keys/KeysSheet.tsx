import { Fragment } from 'react';
import { useTexts } from '../../i18n/texts.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { singleKeys } from '../../ui/shown-keys.ts';
import { bindings, keyGroups, listBindings } from './keyboard.ts';

type KeysSheetProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** All keys on one sheet. */
export function KeysSheet({ isOpen, onClose }: KeysSheetProps) {
  const t = useTexts();
  return (
    <Dialog
      title={t('keys.title')}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={t('action.close')}
      size="large"
    >
      <div className="keys">
        {keyGroups.map((group) => (
          <section key={group} className="keys-group" aria-label={t(`keys.group.${group}`)}>
            <h3 className="keys-title">{t(`keys.group.${group}`)}</h3>
            <dl>
              {[...bindings, ...listBindings]
                .filter((binding) => binding.group === group)
                .map(({ keys, command }) => (
                  <div key={keys} className="keys-line">
                    <dt>{t(`command.${command}`)}</dt>
                    <dd>
                      {keys.split(' ').map((way, at) => (
                        <Fragment key={way}>
                          {at > 0 && ' '}
                          {singleKeys(way).map((key) => (
                            <kbd key={key}>{key}</kbd>
                          ))}
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
