import { ChevronUp } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import type { AccountState } from '../../../shared/account-state.ts';
import { type Formats, useFormats } from '../../i18n/formats.ts';
import { type TextOf, useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { type CheckCounts, phaseText, together } from './check-counts.ts';
import { stopCheck } from './checks.ts';

/** What a running check is at, as counts. */
function progressText(check: CheckCounts, host: string, t: TextOf, formats: Formats): string {
  if (check.isSlow || check.phase !== 'downloading' || check.total === 0) return phaseText(check, host, t);
  return t('status.downloading', {
    done: formats.number(check.done),
    total: formats.number(check.total),
    size: formats.size(check.doneBytes),
    whole: formats.size(check.totalBytes),
    rate: formats.size(check.bytesPerSecond),
  });
}

type CheckLineProps = { readonly name: string; readonly host?: string; readonly check: CheckCounts };

/** One line: whose check, what it is at, and how far. */
function CheckLine({ name, host = '', check }: CheckLineProps) {
  const t = useTexts();
  const formats = useFormats();
  const isCounted = check.phase === 'downloading' && check.totalBytes > 0;
  return (
    <>
      <strong>{name}</strong>
      <span className="status-counts">{progressText(check, host, t, formats)}</span>
      <Progress label={name} part={isCounted ? check.doneBytes / check.totalBytes : null} />
    </>
  );
}

/** The checks that run: one by name; several as their sum, each of them one press away. */
export function RunningChecks({ running }: { readonly running: readonly AccountState[] }) {
  const t = useTexts();
  const checks = running.map(({ check }) => check).filter((check) => check !== null);
  const [first] = running;
  if (first?.check == null) return null;
  const one = first.account;
  if (running.length === 1)
    return (
      <span className="status-check">
        <CheckLine name={one.name} host={one.server.host} check={first.check} />
        <Button look="quiet" onPress={() => stopCheck(one.id)}>
          {t('status.stop')}
        </Button>
      </span>
    );
  return (
    <span className="status-check">
      <CheckLine name={t('status.mailboxes', { count: running.length })} check={together(checks)} />
      <DialogTrigger>
        <Button look="quiet" icon={<ChevronUp size={14} />}>
          {t('status.each')}
        </Button>
        <Popover className="popover checks-popover" placement="top start">
          <Dialog aria-label={t('status.each')} className="checks-list">
            {running.map(({ account, check }) =>
              check === null ? null : (
                <div key={account.id} className="checks-line">
                  <CheckLine name={account.name} host={account.server.host} check={check} />
                  <Button look="quiet" onPress={() => stopCheck(account.id)}>
                    {t('status.stop')}
                  </Button>
                </div>
              ),
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}
