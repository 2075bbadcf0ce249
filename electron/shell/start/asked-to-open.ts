import { app } from 'electron';
import { type Arguments, readArguments } from './arguments.ts';

/**
 * Holds what the system asks the running copy to show. A second start hands its arguments over, and macOS sends files
 * by an event. Both may come before the engine runs, even before the app is ready. They wait here until somebody acts
 * on them.
 */
export class AskedToOpen {
  readonly #waiting: Arguments[] = [];
  #act: ((asked: Arguments) => void) | null = null;

  /** Listens from now on; called as early as the program starts. */
  constructor() {
    app.on('second-instance', (_event, _argv, workingFolder, handedOver) => {
      this.#take(readArguments(isStringList(handedOver) ? handedOver : [], workingFolder));
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#take({ userDataFolder: null, file: path, isHidden: false });
    });
  }

  /** Acts on what has been asked so far, and on everything asked later. */
  handTo(act: (asked: Arguments) => void): void {
    this.#act = act;
    for (const asked of this.#waiting.splice(0)) act(asked);
  }

  #take(asked: Arguments): void {
    if (this.#act === null) this.#waiting.push(asked);
    else this.#act(asked);
  }
}

function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
