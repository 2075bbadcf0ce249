import { FileText, FolderOpen, HardDriveDownload, Square } from 'lucide-react';
import { useAnswer } from '../bridge/use-answer.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Progress } from '../ui/Progress.tsx';
import { ReportTable } from './ReportTable.tsx';
import { type MovingInWay, useMovingIn } from './use-moving-in.ts';

type MovingInDialogProps = {
  readonly onClose: () => void;
  /** Called when mail has come in. */
  readonly onCame: () => void;
};

/** Brings in mail of another program: choose, see what would come, import, read the report. */
export function MovingInDialog({ onClose, onCame }: MovingInDialogProps) {
  const t = useTexts();
  const way = useMovingIn();
  const { step } = way;
  const isBusy = step.kind === 'looking' || step.kind === 'coming';
  const close = () => {
    // What is under way is stopped first; its report is still to be read.
    if (isBusy) return way.stop();
    if (step.kind === 'done') onCame();
    return onClose();
  };
  return (
    <Dialog
      title={t('moving-in.title')}
      isOpen
      onClose={close}
      closeLabel={t('action.close')}
      size={step.kind === 'plan' || step.kind === 'done' ? 'large' : 'normal'}
      foot={<Foot way={way} onClose={close} />}
    >
      {step.kind === 'choosing' && <Choosing way={way} />}
      {(step.kind === 'looking' || step.kind === 'coming') && (
        <div className="moving-progress" role="status">
          <p>{t(`moving-in.${step.kind}`)}</p>
          <Progress label={t(`moving-in.${step.kind}`)} part={step.part} />
        </div>
      )}
      {(step.kind === 'plan' || step.kind === 'done') && (
        <ReportTable report={step.report} isDone={step.kind === 'done'} />
      )}
    </Dialog>
  );
}

type FootProps = { readonly way: MovingInWay; readonly onClose: () => void };

/** The buttons of each step. */
function Foot({ way, onClose }: FootProps) {
  const t = useTexts();
  const { step } = way;
  switch (step.kind) {
    case 'choosing':
      return <Button onPress={onClose}>{t('action.cancel')}</Button>;
    case 'looking':
    case 'coming':
      return (
        <Button icon={<Square size={14} fill="currentColor" />} onPress={way.stop}>
          {t('status.stop')}
        </Button>
      );
    case 'plan':
      return (
        <>
          <Button onPress={way.back}>{t('action.back')}</Button>
          <Button look="primary" isDisabled={step.report.new === 0} onPress={way.start}>
            {t('moving-in.start', { count: step.report.new })}
          </Button>
        </>
      );
    case 'done':
      return (
        <>
          {step.report.isStopped && <Button onPress={way.start}>{t('moving-in.go-on')}</Button>}
          <Button look="primary" onPress={onClose}>
            {t('action.close')}
          </Button>
        </>
      );
  }
}

/** What was found on this computer, and the ways to choose something else. */
function Choosing({ way }: { readonly way: MovingInWay }) {
  const t = useTexts();
  const { size } = useFormats();
  const found = useAnswer('moving-in/find', {}).value;
  return (
    <>
      <p>{t('moving-in.text')}</p>
      {way.step.kind === 'choosing' && way.step.failure !== null && (
        <FailureNote failure={way.step.failure} />
      )}
      <ul className="moving-choices" aria-busy={found === null}>
        {found?.map(({ program, place, folders, sizeBytes }, index) => (
          <li key={place}>
            <button type="button" className="moving-choice" onClick={() => way.look(index)}>
              <HardDriveDownload size={20} aria-hidden="true" />
              <span className="moving-choice-text">
                <strong>{t('moving-in.found', { program: t(`program.${program}`) })}</strong>
                <span className="soft">
                  {t('moving-in.facts', { count: folders, size: size(sizeBytes) })}
                </span>
                <code className="code">{place}</code>
              </span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="moving-choice" onClick={() => way.choose('folder')}>
            <FolderOpen size={20} aria-hidden="true" />
            <span className="moving-choice-text">
              <strong>{t('moving-in.choose-folder')}</strong>
              <span className="soft">{t('moving-in.choose-folder-note')}</span>
            </span>
          </button>
        </li>
        <li>
          <button type="button" className="moving-choice" onClick={() => way.choose('files')}>
            <FileText size={20} aria-hidden="true" />
            <span className="moving-choice-text">
              <strong>{t('moving-in.choose-files')}</strong>
              <span className="soft">{t('moving-in.choose-files-note')}</span>
            </span>
          </button>
        </li>
      </ul>
    </>
  );
}
