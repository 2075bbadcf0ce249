import { join } from 'node:path';
import { app, dialog, nativeImage, shell } from 'electron';
import { failed, ok } from '../../../shared/result.ts';
import type { EngineClient } from '../engine-client.ts';
import type { Windows } from '../windows/windows.ts';
import type { ShellHandlers } from './ipc.ts';

type AttachmentRequests = Pick<
  ShellHandlers,
  'attachment/open' | 'attachment/save' | 'attachment/save-all' | 'attachment/drag'
>;

const dragIcon = nativeImage.createFromPath(join(import.meta.dirname, '../../icons/32.png'));

/** Opening, saving and dragging of attachments: the engine writes the files, the shell shows the dialogs. */
export function attachmentRequests(
  engine: EngineClient,
  privateFolder: string,
  windows: Windows,
): AttachmentRequests {
  return {
    'attachment/open': async ({ id, part }) => {
      const copy = await engine.call('attachment/copy', { id, part, folder: privateFolder });
      if (!copy.ok) return copy;
      const { path, name, saveOnlyReason, isMessage } = copy.value;
      if (saveOnlyReason !== null) return ok({ outcome: 'save-only' as const, reason: saveOnlyReason });
      if (isMessage) {
        const opened = await engine.call('content/open-file', { path });
        if (!opened.ok) return opened;
        await windows.showMessage(opened.value.id, name);
        return ok({ outcome: 'opened' as const });
      }
      const trouble = await shell.openPath(path);
      if (trouble !== '')
        return failed({
          kind: 'unreadable-file',
          what: trouble,
          why: 'no-program',
          step: 'open',
          canRetry: true,
        });
      return ok({ outcome: 'opened' as const });
    },
    'attachment/save': async ({ id, part }, window) => {
      const name = await engine.call('attachment/name', { id, part });
      const chosen = await dialog.showSaveDialog(window, {
        defaultPath: join(app.getPath('downloads'), name),
      });
      if (chosen.canceled || chosen.filePath === '') return ok(null);
      return engine.call('attachment/write', { id, part, path: chosen.filePath });
    },
    'attachment/save-all': async ({ id }, window) => {
      const chosen = await dialog.showOpenDialog(window, {
        defaultPath: app.getPath('downloads'),
        properties: ['openDirectory', 'createDirectory'],
      });
      const folder = chosen.filePaths[0];
      if (chosen.canceled || folder === undefined) return ok(null);
      const written = await engine.call('attachment/write-all', { id, folder });
      return written.ok ? ok({ folder, count: written.value.count }) : written;
    },
    'attachment/drag': async ({ id, part }, window) => {
      const copy = await engine.call('attachment/copy', { id, part, folder: privateFolder });
      if (!copy.ok) return copy;
      const { path, saveOnlyReason } = copy.value;
      // A file that can run gets no copy to drag. A click after the drop might start it.
      if (saveOnlyReason !== null) return ok({ outcome: 'save-only' as const, reason: saveOnlyReason });
      window.webContents.startDrag({ file: path, icon: dragIcon });
      return ok({ outcome: 'dragged' as const });
    },
  };
}
