import { useState } from 'react';
import { isProviderDatabase, type Preferences } from '../../../shared/preferences.ts';
import { isProxy, type ProxyChoice } from '../../../shared/proxy.ts';
import { preferencesStore, updatePreferences } from '../../bridge/live.ts';
import { useStore } from '../../bridge/store.ts';
import { showDone } from '../../bridge/toasts.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { isUsable, ProxyFields } from './ProxyFields.tsx';

/** How Poppy reaches the network, for all mailboxes that say nothing else. */
export function ConnectionsSection() {
  const preferences = useStore(preferencesStore);
  return <ConnectionFields key={JSON.stringify(preferences.proxy)} preferences={preferences} />;
}

function ConnectionFields({ preferences }: { readonly preferences: Preferences }) {
  const t = useTexts();
  const [choice, setChoice] = useState<ProxyChoice>(preferences.proxy);
  const [database, setDatabase] = useState(preferences.providerDatabase);
  const isRight = isProviderDatabase(database.trim());
  const choose = (next: ProxyChoice | null) => {
    if (next === null) return;
    setChoice(next);
    // What is set by hand is saved when it is whole.
    if (!isProxy(next)) updatePreferences({ proxy: next });
  };
  const save = () => {
    updatePreferences({ proxy: choice, providerDatabase: database.trim() });
    showDone('settings-saved');
  };
  return (
    <section className="connections" aria-label={t('proxy.title')}>
      <h2>{t('proxy.title')}</h2>
      <ProxyFields choice={choice} isOfAccount={false} onChange={choose} />
      <Field
        label={t('proxy.database')}
        value={database}
        onChange={setDatabase}
        note={t('proxy.database-note')}
        problem={isRight ? null : t('proxy.bad-database')}
        autoCorrect="off"
        spellCheck="false"
      />
      <div>
        <Button isDisabled={!isRight || !isUsable(choice)} onPress={save}>
          {t('action.save')}
        </Button>
      </div>
    </section>
  );
}
