import { ChevronDown, Download, Eraser, Eye, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { RequestOf } from '../../shared/contract.ts';
import type { AccountId } from '../../shared/ids.ts';
import { megabyte } from '../../shared/sizes.ts';
import { poppy } from '../bridge/poppy.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Menu } from '../ui/Menu.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';

type Where = RequestOf<'server/find'>['where'];

type SelectionToolsProps = {
  readonly accountId: AccountId;
  readonly chosen: ReadonlySet<string>;
  /** While a plan is being carried out it can only be undone whole. */
  readonly isPlanning: boolean;
  readonly onChosen: (keys: ReadonlySet<string>) => void;
  readonly onPlan: (plan: 'download' | 'delete' | null) => void;
  readonly onPreview: () => void;
};

/** Chooses messages by what they have in common, and plans what happens to the chosen. */
export function SelectionTools(props: SelectionToolsProps) {
  const { accountId, chosen, isPlanning, onChosen, onPlan, onPreview } = props;
  const t = useTexts();
  const [asking, setAsking] = useState<'from' | 'older' | 'larger' | null>(null);
  const [sender, setSender] = useState('');
  const [days, setDays] = useState(90);
  const [megabytes, setMegabytes] = useState(5);
  const find = (where: Where) => {
    void poppy.request('server/find', { accountId, where }).then((keys) => onChosen(new Set(keys)));
  };
  const answer = () => {
    if (asking === 'from') find({ kind: 'from-like', words: sender });
    if (asking === 'older') find({ kind: 'older', days });
    if (asking === 'larger') find({ kind: 'larger', bytes: megabytes * megabyte });
    setAsking(null);
  };
  const isNothing = chosen.size === 0;
  return (
    <div className="server-selection" role="toolbar" aria-label={t('server-view.selection')}>
      <Menu
        label={t('server-view.select')}
        entries={[
          { key: 'all', label: t('server-view.select-all'), run: () => find({ kind: 'all' }) },
          { key: 'new', label: t('server-view.select-new'), run: () => find({ kind: 'new' }) },
          { key: 'stored', label: t('server-view.select-stored'), run: () => find({ kind: 'stored' }) },
          { key: 'line', line: true },
          { key: 'from', label: t('server-view.select-from'), run: () => setAsking('from') },
          { key: 'older', label: t('server-view.select-older'), run: () => setAsking('older') },
          { key: 'larger', label: t('server-view.select-larger'), run: () => setAsking('larger') },
        ]}
      >
        <Button icon={<ChevronDown size={15} />}>{t('server-view.select')}</Button>
      </Menu>
      <Button
        icon={<Download size={15} />}
        isDisabled={isNothing || !isPlanning}
        onPress={() => onPlan('download')}
      >
        {t('server-view.plan-download')}
      </Button>
      <Button
        icon={<Trash2 size={15} />}
        isDisabled={isNothing || !isPlanning}
        onPress={() => onPlan('delete')}
      >
        {t('server-view.plan-delete')}
      </Button>
      <IconButton
        hasLabel
        className="is-terse"
        label={t('server-view.unmark')}
        icon={<Eraser size={15} />}
        isDisabled={isNothing || !isPlanning}
        onPress={() => onPlan(null)}
      />
      <IconButton
        hasLabel
        className="is-terse"
        label={t('server-view.preview')}
        icon={<Eye size={15} />}
        isDisabled={chosen.size !== 1}
        onPress={onPreview}
      />
      {!isNothing && (
        <span className="server-chosen">
          {t('list.selected', { count: chosen.size })}
          <IconButton
            hasLabel
            className="is-terse"
            label={t('server-view.unselect')}
            icon={<X size={14} />}
            onPress={() => onChosen(new Set())}
          />
        </span>
      )}
      <Dialog
        title={asking === null ? '' : t(`server-view.select-${asking}`)}
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        closeLabel={t('action.close')}
        size="small"
        foot={
          <>
            <Button onPress={() => setAsking(null)}>{t('action.cancel')}</Button>
            <Button look="primary" onPress={answer}>
              {t('server-view.select')}
            </Button>
          </>
        }
      >
        {/* Enter in the one field answers. */}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            answer();
          }}
        >
          {asking === 'from' && (
            <Field label={t('server-view.sender')} value={sender} onChange={setSender} autoFocus />
          )}
          {asking === 'older' && (
            <NumberLine
              label={t('server-view.days')}
              value={days}
              onChange={setDays}
              least={0}
              most={36_500}
              takesFocus
            />
          )}
          {asking === 'larger' && (
            <NumberLine
              label={t('server-view.megabytes')}
              value={megabytes}
              onChange={setMegabytes}
              least={0}
              most={10_000}
              takesFocus
            />
          )}
        </form>
      </Dialog>
    </div>
  );
}
