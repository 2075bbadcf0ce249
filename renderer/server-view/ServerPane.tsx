import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AccountState } from '../../shared/account-state.ts';
import type { ServerRow } from '../../shared/server-view.ts';
import { useTexts } from '../i18n/texts.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { chooseKeys } from '../ui/grid/grid-choice.ts';
import { useGridChoice } from '../ui/grid/use-grid-choice.ts';
import { BinDialog } from './BinDialog.tsx';
import { PlanBar } from './PlanBar.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { ProtocolLog } from './ProtocolLog.tsx';
import { SelectionTools } from './SelectionTools.tsx';
import { ServerHead } from './ServerHead.tsx';
import { NotConnected, ServerNews } from './ServerNews.tsx';
import { ServerRows } from './ServerRows.tsx';
import { SpacePicture } from './SpacePicture.tsx';
import { type ServerSort, useServerView } from './use-server-view.ts';

type ServerPaneProps = { readonly state: AccountState; readonly rem: number };

const newestFirst: ServerSort = { by: 'date', descending: true };
const keyOf = (row: ServerRow): string => row.key;

/** The mailbox as it is on the server: seen, planned, applied, and taken back. */
export function ServerPane({ state, rem }: ServerPaneProps) {
  const t = useTexts();
  const { id } = state.account;
  const [sort, setSort] = useState(newestFirst);
  const [previewed, setPreviewed] = useState<string | null>(null);
  const [panel, setPanel] = useState<'space' | 'log' | null>(null);
  const [showsBin, setShowsBin] = useState(false);
  const session = useServerView(id, sort);
  const { view, failure } = session;
  const [choice, setChoice] = useGridChoice(session.rows, keyOf);
  const chosen = choice.keys;
  const setChosen = (keys: Iterable<string>) => setChoice((before) => chooseKeys(before, keys));
  // What was applied is done with: the next thing that is planned is chosen anew.
  const isApplied = view?.applied?.outcome === 'applied';
  useEffect(() => {
    if (isApplied) setChoice((before) => chooseKeys(before, []));
  }, [isApplied, setChoice]);

  if (failure !== null || view === null)
    return (
      <section className="server" aria-label={t('server-view.label')} data-pane="list">
        <NotConnected failure={failure} onOpen={session.open} />
      </section>
    );
  const isReady = view.connection === 'open';
  return (
    <section className="server" aria-label={t('server-view.label')} data-pane="list" tabIndex={-1}>
      <ServerHead
        view={view}
        account={state.account}
        panel={panel}
        onPanel={setPanel}
        onBin={() => setShowsBin(true)}
      />
      <ServerNews view={view} onOpen={session.open} />
      {panel === 'space' && <SpacePicture accountId={id} total={view.sizeBytes} onChoose={setChosen} />}
      <SelectionTools
        accountId={id}
        chosen={chosen}
        isPlanning={view.connection !== 'busy'}
        onChosen={setChosen}
        onPlan={(plan) => session.plan([...chosen], plan)}
        onPreview={() => setPreviewed([...chosen][0] ?? null)}
      />
      <div className="server-middle">
        {view.count === 0 ? (
          <EmptyState
            picture={<CloudOff size={40} strokeWidth={1.25} />}
            title={t('server-view.empty')}
            text={t('server-view.empty-text')}
          />
        ) : (
          <ServerRows
            accountId={id}
            rows={session.rows}
            rem={rem}
            sort={sort}
            onSort={setSort}
            choice={choice}
            onChoice={setChoice}
            onPlan={session.plan}
            onPreview={setPreviewed}
          />
        )}
        {previewed !== null && (
          <PreviewPanel
            accountId={id}
            messageKey={previewed}
            onPlan={(plan) => session.plan([previewed], plan)}
            onClose={() => setPreviewed(null)}
          />
        )}
      </div>
      {panel === 'log' && <ProtocolLog accountId={id} isOpen={isReady} onClose={() => setPanel(null)} />}
      <PlanBar view={view} onApply={session.apply} onUndo={session.undo} />
      {showsBin && <BinDialog accountId={id} onClose={() => setShowsBin(false)} />}
    </section>
  );
}
