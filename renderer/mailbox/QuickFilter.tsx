import { ListFilter as FilterIcon, MailOpen, Paperclip, Star, X } from 'lucide-react';
import { useRef } from 'react';
import type { ListFilter } from '../../shared/message-list.ts';
import { useCommand } from '../bridge/commands.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';

type QuickFilterProps = {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
};

const flags = ['unread', 'starred', 'attachment'] as const;
const pictures = { unread: MailOpen, starred: Star, attachment: Paperclip } as const;

/** Narrows the list while one types. */
export function QuickFilter({ filter, onChange }: QuickFilterProps) {
  const t = useTexts();
  const input = useRef<HTMLInputElement>(null);
  useCommand('filter', () => input.current?.focus());
  const isOn = Object.values(filter).some((value) => value !== undefined && value !== false && value !== '');
  return (
    <search className="quick-filter" aria-label={t('filter.label')}>
      <label className="filter-box">
        <FilterIcon size={14} aria-hidden="true" />
        <span className="only-read-out">{t('filter.text')}</span>
        <input
          ref={input}
          className="filter-input"
          value={filter.text ?? ''}
          placeholder={t('filter.text')}
          onChange={(event) => onChange({ ...filter, text: event.target.value || undefined })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onChange({});
          }}
        />
      </label>
      {flags.map((flag) => {
        const Picture = pictures[flag];
        return (
          <button
            key={flag}
            type="button"
            className={classes('filter-chip', filter[flag] === true && 'is-on')}
            aria-pressed={filter[flag] === true}
            aria-label={t(`filter.${flag}`)}
            title={t(`filter.${flag}`)}
            onClick={() => onChange({ ...filter, [flag]: filter[flag] === true ? undefined : true })}
          >
            <Picture size={15} aria-hidden="true" />
          </button>
        );
      })}
      {isOn && (
        <button
          type="button"
          className="filter-clear"
          aria-label={t('filter.clear')}
          onClick={() => onChange({})}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </search>
  );
}
