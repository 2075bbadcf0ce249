import type { MessageId } from '../../shared/ids.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { scrollsByKeys } from '../ui/keyboard-scroll.ts';
import { Spinner } from '../ui/Progress.tsx';

type SourceDialogProps = {
  readonly id: MessageId;
  readonly shows: 'source' | 'headers';
  readonly onClose: () => void;
};

/** Words that are written in capitals in the names of headers. */
const capitals = new Set(['arc', 'dkim', 'id', 'mime', 'spf']);

/** The name of a header as mail writes it; it is told in lower case, as case means nothing there. RFC 5322 §1.2.2. */
function headerName(name: string): string {
  return name
    .split('-')
    .map((word) => (capitals.has(word) ? word.toUpperCase() : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('-');
}

/** The message as it came over the wire, or all its header lines. */
export function SourceDialog({ id, shows, onClose }: SourceDialogProps) {
  const t = useTexts();
  const { value } = useAnswer('message/source', { id });
  const title = shows === 'source' ? t('reading.source') : t('reading.headers');
  return (
    <Dialog title={title} isOpen onClose={onClose} closeLabel={t('action.close')} size="large">
      {value === null && <Spinner />}
      {value !== null && !value.ok && <FailureNote failure={value.failure} />}
      {value?.ok === true && shows === 'source' && (
        <>
          {value.value.isCut && <p className="soft">{t('reading.source-cut')}</p>}
          <pre className="source" ref={scrollsByKeys}>
            {value.value.source}
          </pre>
        </>
      )}
      {value?.ok === true && shows === 'headers' && (
        <dl className="header-lines">
          {value.value.headers.map(({ name, value: label }, at) => (
            <div key={`${name} ${String(at)}`} className="header-line">
              <dt>{headerName(name)}</dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  );
}
