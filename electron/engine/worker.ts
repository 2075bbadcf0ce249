import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { answerCall } from './answer-call.ts';
import { startEngine } from './engine.ts';
import { mistakeLog } from './mistake-log.ts';
import type { EngineStart, FromEngine, ToEngine } from './protocol.ts';

/*
 * Entry of the engine worker: opens everything, then answers calls in the order they come in, side by side. A mistake
 * in one call is logged and answered as such; it ends neither the worker nor the other calls.
 */
async function run(port: MessagePort, start: EngineStart): Promise<void> {
  const logMistake = mistakeLog(start.folder);
  const say = (message: FromEngine) => port.postMessage(message);
  process.on('unhandledRejection', (error) => logMistake(error));
  const engine = await startEngine(start, (name, payload) => say({ kind: 'event', name, payload }));
  if (!engine.ok) return say({ kind: 'unable', failure: engine.failure });
  // In a timer, that of the next check among them. Before this the worker is to end with it, which the shell is told.
  process.on('uncaughtException', (error) => logMistake(error));
  port.on('message', (asked: ToEngine) => answerCall(engine.value.answers, asked, say, logMistake));
  say({ kind: 'ready' });
}

if (parentPort !== null) await run(parentPort, workerData as EngineStart);
