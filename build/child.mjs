// Starting other programs.
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end. With `show` its output is passed on to stderr, else it is collected.
 * Resolves to `{ status, output }`; `status` is null when the program could not be started.
 */
export function run(command, args, { show = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (bytes) => {
      if (show) process.stderr.write(bytes);
      stdout += bytes;
    });
    child.stderr?.on('data', (bytes) => {
      if (show) process.stderr.write(bytes);
      stderr += bytes;
    });
    child.once('error', (error) => resolve({ status: null, stdout, output: `${stderr}${error.message}` }));
    child.once('close', (status) => resolve({ status: status ?? 1, stdout, output: stdout + stderr }));
  });
}

/** Runs npm: the very one that started this launcher, where one did. */
export function npm(args, options) {
  const started = process.env.npm_execpath;
  if (started?.endsWith('.js')) return run(process.execPath, [started, ...args], options);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    shell: process.platform === 'win32',
    ...options,
  });
}

/** The last lines of a program's output, for an error message. */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
