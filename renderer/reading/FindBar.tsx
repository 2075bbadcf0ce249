import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';
import type { Finding } from './use-reading.ts';

/** Finds text in the open message: Enter goes on, Shift+Enter back, Escape closes. */
export function FindBar({ finding }: { readonly finding: Finding }) {
  const { text, found, place, step, close } = finding;
  const t = useTexts();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <search className="find-bar">
      <input
        ref={field}
        className="input"
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        value={text}
        onChange={(event) => finding.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
        }}
      />
      <span className="find-count" role="status">
        {text.trim() === '' ? '' : t('find.count', { place: found === 0 ? 0 : place, count: found })}
      </span>
      <IconButton label={t('find.previous')} icon={<ChevronUp size={16} />} onPress={() => step(-1)} />
      <IconButton label={t('find.next')} icon={<ChevronDown size={16} />} onPress={() => step(1)} />
      <IconButton label={t('find.close')} icon={<X size={16} />} onPress={close} />
    </search>
  );
}
