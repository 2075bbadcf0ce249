import type { RefObject } from 'react';
import type { MessageId } from '../../shared/ids.ts';
import { useTexts } from '../i18n/texts.tsx';
import { classes } from '../ui/class-names.ts';
import { useFocusTold } from './use-read-on.ts';

type BodyFrameProps = {
  /** Whose body it is: what another message showed is never to be seen under this one's header. */
  readonly message: MessageId;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  readonly url: string;
  /** 1 is the body's own size. */
  readonly zoom: number;
  readonly title: string;
  readonly isDark: boolean;
};

/**
 * The body of a message, in a world of its own: no scripts, no origin, no forms. A link in it may ask for a window,
 * which the program never opens but judges, and hands outside when all is well. The page in it is made
 * and served by the program; the sandbox is one of several layers that each hold alone.
 */
export function BodyFrame({ message, frame, url, zoom, title, isDark }: BodyFrameProps) {
  const t = useTexts();
  const onLoad = useFocusTold(frame);
  const percent = `${100 / zoom}%`;
  return (
    <div className={classes('body-box', isDark && 'is-dark')}>
      {/* A frame keeps its old page until the new one is there, however long that takes: each message has its own. */}
      <iframe
        key={message}
        ref={frame}
        className="body-frame"
        title={t('reading.body', { subject: title })}
        sandbox="allow-popups"
        src={url}
        onLoad={onLoad}
        style={zoom === 1 ? {} : { width: percent, height: percent, transform: `scale(${zoom})` }}
      />
    </div>
  );
}
