import { readFileSync, writeFileSync } from 'node:fs';
import { app } from 'electron';

/** Reads the question a small program was started with, writes what `answer` makes of it, and ends the program. */
export function answerQuestion<Question>(answer: (question: Question) => Promise<unknown>): void {
  app.on('window-all-closed', () => undefined);
  // The program is not ready before its main file has been read to its end, so nothing may be awaited there.
  void app.whenReady().then(async () => {
    const file = process.argv.find((argument) => argument.endsWith('.question.json')) ?? '';
    const answered = await answer(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file.replace('.question.', '.answer.'), JSON.stringify(answered));
    app.exit(0);
  });
}
