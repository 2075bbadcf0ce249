import type { MovedFolder, MovingInReport } from '../../shared/moving-in.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Folded } from '../ui/Folded.tsx';

type ReportTableProps = {
  readonly report: MovingInReport;
  /** The mail has come; else it would. */
  readonly isDone: boolean;
};

/** What comes of each folder, what does not and why, and the accounts. The counts of a row add up. */
export function ReportTable({ report, isDone }: ReportTableProps) {
  const t = useTexts();
  const { folders, running, accounts, leftOut } = report;
  const counts = { count: report.new, here: report.here };
  return (
    <>
      {running.map((program) => (
        <Banner key={program} look="warning">
          {t('moving-in.running', { program: t(`program.${program}`) })}
        </Banner>
      ))}
      {report.isStopped && <Banner look="warning">{t('moving-in.stopped')}</Banner>}
      <p>{t(isDone ? 'moving-in.came' : 'moving-in.would-come', counts)}</p>
      <FolderTable folders={folders} />
      {leftOut.map(({ why, count, places }) => (
        <Folded key={why} title={t(`moving-in.left-out.${why}`, { count })}>
          <pre className="source">{places.join('\n')}</pre>
        </Folded>
      ))}
      {accounts.some(({ isHere }) => !isHere) && (
        <>
          <h3>{t('moving-in.accounts')}</h3>
          <p className="soft">{t('moving-in.accounts-note')}</p>
          <ul className="moving-accounts">
            {accounts
              .filter(({ isHere }) => !isHere)
              .map(({ accountId, address, name, host }) => (
                <li key={accountId}>
                  <strong>{address || name}</strong> <span className="soft">{host}</span>
                </li>
              ))}
          </ul>
        </>
      )}
    </>
  );
}

function FolderTable({ folders }: { readonly folders: readonly MovedFolder[] }) {
  const t = useTexts();
  const { number } = useFormats();
  if (folders.length === 0) return null;
  return (
    <div className="moving-table">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('list.column.account')}</th>
            <th>{t('moving-in.folder')}</th>
            <th className="cell-size">{t('moving-in.read')}</th>
            <th className="cell-size">{t('moving-in.new')}</th>
            <th className="cell-size">{t('moving-in.here')}</th>
            <th className="cell-size">{t('moving-in.left')}</th>
          </tr>
        </thead>
        <tbody>
          {folders.map(({ mailbox, path, read, new: isNew, here, leftOut }) => (
            <tr key={JSON.stringify([mailbox, path])}>
              <td>{mailbox || t('places.on-this-computer')}</td>
              <td>{path.join(' / ')}</td>
              <td className="cell-size">{number(read)}</td>
              <td className="cell-size">{number(isNew)}</td>
              <td className="cell-size">{number(here)}</td>
              <td className="cell-size">{number(leftOut)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
