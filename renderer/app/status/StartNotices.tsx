import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { AppState } from '../../../shared/app-state.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';

type StartNoticesProps = { readonly app: Pick<AppState, 'storeNotice' | 'settingsNotice'> };

/** What was found damaged at start and put right, told once in each window until it is dismissed. */
export function StartNotices({ app: { storeNotice, settingsNotice } }: StartNoticesProps) {
  const t = useTexts();
  return (
    <div className="start-notices" role="status">
      {storeNotice !== null && (
        <Notice>{t(`start.store-${storeNotice.kind}`, { count: storeNotice.messages })}</Notice>
      )}
      {settingsNotice !== null && (
        <Notice>
          {t(`start.settings-${settingsNotice.kind}`, {
            path: settingsNotice.keptAs,
            names: settingsNotice.leftOut.join(', '),
          })}
        </Notice>
      )}
    </div>
  );
}

function Notice({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;
  return (
    <Banner
      look="warning"
      icon={<TriangleAlert size={17} />}
      actions={<Button onPress={() => setDismissed(true)}>{t('action.close')}</Button>}
    >
      {children}
    </Banner>
  );
}
