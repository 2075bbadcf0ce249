import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/words.tsx';
import { IconButton } from '../ui/Button.tsx';

type FindBarProps = {
  readonly text: string;
  /** Places found, and the one that is shown, from 1. */
  readonly found: number;
  readonly place: number;
  readonly onText: (text: string) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
};

/** Finds text in the open message: Enter goes on, Shift+Enter back, Escape closes. */
export function FindBar({ text, found, place, onText, onStep, onClose }: FindBarProps) {
  const t = useWords();
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
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      <span className="find-count" role="status">
        {text.trim() === '' ? '' : t('find.count', { place: found === 0 ? 0 : place, count: found })}
      </span>
      <IconButton label={t('find.previous')} icon={<ChevronUp size={16} />} onPress={() => onStep(-1)} />
      <IconButton label={t('find.next')} icon={<ChevronDown size={16} />} onPress={() => onStep(1)} />
      <IconButton label={t('find.close')} icon={<X size={16} />} onPress={onClose} />
    </search>
  );
}
