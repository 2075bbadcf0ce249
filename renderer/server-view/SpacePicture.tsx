import type { RequestOf } from '../../shared/contract.ts';
import type { AccountId } from '../../shared/ids.ts';
import { poppy } from '../bridge/poppy.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Spinner } from '../ui/Progress.tsx';

type SpacePictureProps = {
  readonly accountId: AccountId;
  readonly total: number;
  readonly onChoose: (keys: readonly string[]) => void;
};

const mostSenders = 8;

/** Where the space goes: by sender and by age. A bar that is pressed chooses its messages. */
export function SpacePicture({ accountId, total, onChoose }: SpacePictureProps) {
  const t = useTexts();
  const { size } = useFormats();
  const { value } = useAnswer('server/space', { accountId }, ['server/changed']);
  const find = (where: RequestOf<'server/find'>['where']) => {
    void poppy.request('server/find', { accountId, where }).then(onChoose);
  };
  if (value === null) return <Spinner />;
  const bar = (key: string, label: string, count: number, bytes: number, run: () => void) => (
    <li key={key}>
      <button type="button" className="space-bar" onClick={run}>
        <span className="space-text" dir="auto">
          {label}
        </span>
        <span className="space-track" aria-hidden="true">
          <span
            className="space-fill"
            style={{ width: bytes === 0 ? 0 : `max(2px, ${(bytes / Math.max(total, bytes)) * 100}%)` }}
          />
        </span>
        <span className="space-size">{size(bytes)}</span>
        <span className="space-count">{t('list.total', { count })}</span>
      </button>
    </li>
  );
  return (
    <section className="space" aria-label={t('server-view.space')}>
      <div className="space-half">
        <h2 className="space-title">{t('space.by-sender')}</h2>
        <ul>
          {value.bySender
            .slice(0, mostSenders)
            .map(({ sender, count, sizeBytes }) =>
              bar(sender, sender || t('list.no-sender'), count, sizeBytes, () =>
                find({ kind: 'from', sender }),
              ),
            )}
        </ul>
      </div>
      <div className="space-half">
        <h2 className="space-title">{t('space.by-age')}</h2>
        <ul>
          {value.byAge.map(({ bucket, count, sizeBytes }) =>
            bar(bucket, t(`space.age.${bucket}`), count, sizeBytes, () => find({ kind: 'age', bucket })),
          )}
        </ul>
      </div>
    </section>
  );
}
