import { runCommand } from '../bridge/commands.ts';
import { usePoppyEvent } from '../bridge/use-event.ts';
import { MessagePane } from '../reading/MessagePane.tsx';
import type { Subject } from '../reading/use-message.ts';
import { LinkTarget, useLinkTarget } from './LinkTarget.tsx';

const file: Subject = { kind: 'file' };

/** A window of one message, opened from a file. */
export function FileWindow({ isDark, textScale }: { readonly isDark: boolean; readonly textScale: number }) {
  usePoppyEvent('command/asked', ({ command }) => void runCommand(command));
  const link = useLinkTarget();
  return (
    <div className="window file-window">
      <main>
        <MessagePane
          subject={file}
          row={null}
          tags={[]}
          isDark={isDark}
          chosenCount={0}
          textScale={textScale}
          onShow={() => undefined}
        />
      </main>
      {/* Always there: what appears over a message could as well be painted by it. */}
      <div className="status-line">{link !== null && <LinkTarget target={link} />}</div>
    </div>
  );
}
