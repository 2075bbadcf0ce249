import { X } from 'lucide-react';
import { poppy } from '../bridge/poppy.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';

/** Whose pictures from elsewhere are loaded. */
export function RemoteSection() {
  const t = useTexts();
  const { value, reload } = useAnswer('remote/list', {});
  return (
    <div className="page">
      <h2>{t('settings.remote')}</h2>
      <p className="soft">{t('settings.remote-text')}</p>
      {value?.length === 0 && <p>{t('settings.remote-none')}</p>}
      <ul className="settings-list">
        {(value ?? []).map((allowed) => (
          <li key={`${allowed.scope} ${allowed.value}`} className="settings-line">
            <span className="grows">{allowed.value}</span>
            <span className="soft">{t(`settings.remote-scope.${allowed.scope}`)}</span>
            <IconButton
              label={t('settings.remote-remove', { name: allowed.value })}
              icon={<X size={16} />}
              onPress={() => void poppy.request('remote/remove', allowed).then(reload)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
