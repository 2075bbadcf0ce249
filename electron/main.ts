import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { registerSchemes } from './shell/schemes.ts';
import { runShell, shellFiles } from './shell/shell.ts';
import { readArguments } from './shell/start/arguments.ts';
import { AskedToOpen } from './shell/start/asked-to-open.ts';
import { refusedSwitch } from './shell/start/sandbox-refusal.ts';
import { whyUnusable } from './shell/start/user-data.ts';
import { closeResolver } from './shell/windows/sealed-session.ts';
import { tellBrokenStart, tellRefusedSwitch, tellUnusableFolder } from './shell/windows/trouble-window.ts';

// Before anything else: every page in a sandbox, all data where the command line says, and one running copy for it.
// Chromium has no sandbox for root; forcing it there would kill every page, so the launcher's switch is respected.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setName('Poppy');
// The installer's name for the program; without it Windows shows no notifications.
if (process.platform === 'win32') app.setAppUserModelId('org.poppy-mail.poppy');
const folder = readArguments(process.argv.slice(1), process.cwd()).userDataFolder ?? app.getPath('userData');
const trouble = whyUnusable(folder);
// Chromium needs a folder even to say that this one cannot be used.
app.setPath('userData', trouble === null ? folder : mkdtempSync(join(tmpdir(), 'poppy-nowhere-')));
registerSchemes();
closeResolver();

const refused = refusedSwitch({
  isPackaged: app.isPackaged,
  userNumber: process.getuid?.(),
  hasSwitch: (name) => app.commandLine.hasSwitch(name),
});
if (refused !== null) {
  tellRefusedSwitch(refused);
} else if (trouble !== null) {
  void tellUnusableFolder(folder, trouble);
} else if (app.requestSingleInstanceLock(process.argv.slice(1))) {
  runShell(shellFiles(import.meta.dirname), new AskedToOpen()).catch((error: unknown) =>
    tellBrokenStart(folder, error),
  );
} else {
  app.exit(0);
}
