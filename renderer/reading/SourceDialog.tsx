import type { MessageId } from '../../shared/ids.ts';
import { useAnswer } from '../bridge/use-answer.ts';
import { FailureNote } from '../i18n/failures.tsx';
import { useTexts } from '../i18n/texts.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Spinner } from '../ui/Progress.tsx';

type SourceDialogProps = {
  readonly id: MessageId;
  readonly isDark: boolean;
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
export function SourceDialog({ id, isDark, shows, onClose }: SourceDialogProps) {
  const t = useTexts();
  const title = shows === 'source' ? t('reading.source') : t('reading.headers');
  return (
    <Dialog title={title} isOpen onClose={onClose} closeLabel={t('action.close')} size="large">
      {shows === 'source' ? <Source id={id} isDark={isDark} title={title} /> : <HeaderLines id={id} />}
    </Dialog>
  );
}

/** The source is a page of its own, in a world of its own as a body is: it may be megabytes long. */
function Source({ id, isDark, title }: { id: MessageId; isDark: boolean; title: string }) {
  const t = useTexts();
  const { value } = useAnswer('message/source', { id, isDark });
  if (value === null) return <Spinner />;
  if (!value.ok) return <FailureNote failure={value.failure} />;
  return (
    <>
      {value.value.isCut && <p className="soft">{t('reading.source-cut')}</p>}
      <iframe className="preview-frame" title={title} sandbox="allow-popups" src={value.value.url} />
    </>
  );
}

function HeaderLines({ id }: { id: MessageId }) {
  const { value } = useAnswer('message/headers', { id });
  if (value === null) return <Spinner />;
  if (!value.ok) return <FailureNote failure={value.failure} />;
  return (
    <dl className="header-lines">
      {value.value.map(({ name, value: text }, at) => (
        <div key={`${name} ${String(at)}`} className="header-line">
          <dt>{headerName(name)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
