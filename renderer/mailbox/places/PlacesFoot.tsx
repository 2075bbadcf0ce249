import { Plus } from 'lucide-react';
import { runCommand } from '../../bridge/commands.ts';
import { useTexts } from '../../i18n/texts.tsx';

/** Below the places: one more account. */
export function PlacesFoot() {
  const t = useTexts();
  return (
    <button type="button" className="place place-add" onClick={() => runCommand('add-account')}>
      <span className="place-icon" aria-hidden="true">
        <Plus size={17} />
      </span>
      <span className="place-text">{t('places.add-account')}</span>
    </button>
  );
}
