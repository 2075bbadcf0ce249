import { app, dialog } from 'electron';
import { readArguments } from './shell/arguments.ts';
import { registerSchemes } from './shell/schemes.ts';
import { closeResolver } from './shell/sealed-session.ts';
import { runShell, shellFiles } from './shell/shell.ts';

// Before anything else: every page in a sandbox, all data where the command line says, and one running copy for it.
// Chromium has no sandbox for root; forcing it there would kill every page, so the launcher's switch is respected.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setName('Poppy');
const { userDataFolder } = readArguments(process.argv.slice(1), process.cwd());
if (userDataFolder !== null) app.setPath('userData', userDataFolder);
registerSchemes();
closeResolver();

if (app.requestSingleInstanceLock(process.argv.slice(1))) {
  runShell(shellFiles(import.meta.dirname)).catch((error: unknown) => {
    dialog.showErrorBox('Poppy', error instanceof Error ? (error.stack ?? error.message) : String(error));
    app.exit(1);
  });
} else {
  app.exit(0);
}
