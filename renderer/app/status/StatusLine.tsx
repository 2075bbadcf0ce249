import { CircleCheck, Clock, History, ShieldOff, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type AccountState, type CheckProgress, isWaiting } from '../../../shared/account-state.ts';
import { type Formats, useFormats } from '../../i18n/formats.ts';
import { type TextOf, useTexts } from '../../i18n/texts.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { HistoryDialog } from '../dialogs/HistoryDialog.tsx';
import { LinkTarget, useLinkTarget } from '../LinkTarget.tsx';
import { phaseText } from './check-counts.ts';
import { RunningChecks } from './RunningChecks.tsx';

/** A screen reader hears the counts now and then, not each message. */
const spokenEveryMs = 5000;

function useSpoken(label: string): string {
  const [spoken, setSpoken] = useState(label);
  const latest = useRef(label);
  useEffect(() => {
    latest.current = label;
  }, [label]);
  useEffect(() => {
    const timer = setInterval(() => setSpoken(latest.current), spokenEveryMs);
    return () => clearInterval(timer);
  }, []);
  return spoken;
}

/** The same for the ear: how many of how many, without bytes and rates. */
function spokenProgress(check: CheckProgress, host: string, t: TextOf, formats: Formats): string {
  if (check.isSlow || check.phase !== 'downloading' || check.total === 0) return phaseText(check, host, t);
  return t('status.spoken', { done: formats.number(check.done), total: formats.number(check.total) });
}

/** Checks that end so soon after one another are one to the person who asked for them. */
const oneRoundMs = 60_000;

/** How the last check went, of all the mailboxes that were checked together. */
function restingText(accounts: readonly AccountState[], t: TextOf, formats: Formats): string {
  const records = accounts.map((state) => state.lastCheck).filter((record) => record !== null);
  const endedAt = Math.max(...records.map((record) => record.endedAt));
  if (records.length === 0) return t('status.never');
  const round = records.filter((record) => endedAt - record.endedAt < oneRoundMs);
  const sumOf = (number: 'stored' | 'skipped') => round.reduce((sum, record) => sum + record[number], 0);
  const [count, left] = [sumOf('stored'), sumOf('skipped')];
  const time = formats.time(endedAt);
  const brought = count > 0 ? t('status.last-new', { time, count }) : t('status.last', { time });
  return left > 0 ? `${brought} ${t('status.left', { count: left })}` : brought;
}

type StatusLineProps = {
  readonly accounts: readonly AccountState[];
  /** Without a sandbox the line says so, whatever else it says. */
  readonly isSandboxed: boolean;
};

/** The bottom line: what is going on, how it went, and when it goes on. */
export function StatusLine({ accounts, isSandboxed }: StatusLineProps) {
  const t = useTexts();
  const formats = useFormats();
  const [showsHistory, setShowsHistory] = useState(false);
  const link = useLinkTarget();
  const running = accounts.filter((state) => state.check !== null);
  const troubled = accounts.filter((state) => state.trouble !== null && !isWaiting(state));
  const waiting = accounts.filter(isWaiting);
  const next = accounts
    .map((state) => state.nextCheckAt)
    .filter((at) => at !== null)
    .sort((a, b) => a - b)[0];
  const calm = restingText(accounts, t, formats);
  const first = running[0];
  const spoken = useSpoken(
    first?.check == null
      ? calm
      : `${first.account.name}: ${spokenProgress(first.check, first.account.server.host, t, formats)}`,
  );
  return (
    <section className="status-line" data-pane="status" aria-label={t('status.label')}>
      <div className="status-text">
        {link !== null ? (
          <LinkTarget target={link} />
        ) : running.length === 0 ? (
          <span className="status-calm">
            {troubled.length > 0 ? (
              <TriangleAlert size={14} aria-hidden="true" className="status-bad" />
            ) : waiting.length > 0 ? (
              <Clock size={14} aria-hidden="true" />
            ) : (
              <CircleCheck size={14} aria-hidden="true" className="status-good" />
            )}
            <span className="status-sentence">
              {troubled.length > 0
                ? t('status.trouble', { count: troubled.length })
                : waiting.length > 0
                  ? t('status.waiting', { count: waiting.length })
                  : calm}
              {next !== undefined && ` ${t('status.next', { time: formats.time(next) })}`}
            </span>
          </span>
        ) : (
          <RunningChecks running={running} />
        )}
      </div>
      <span role="status" className="only-read-out">
        {spoken}
      </span>
      {!isSandboxed && (
        <span className="status-sandbox">
          <ShieldOff size={14} aria-hidden="true" />
          {t('status.no-sandbox')}
        </span>
      )}
      <IconButton
        label={t('history.title')}
        icon={<History size={15} />}
        onPress={() => setShowsHistory(true)}
      />
      {showsHistory && <HistoryDialog accounts={accounts} onClose={() => setShowsHistory(false)} />}
    </section>
  );
}
