import type { FailureStep } from '../../../shared/failure.ts';
import type { Expectation } from '../replies/expectation.ts';
import { Pop3Refusal, Pop3SessionError } from '../replies/failure.ts';
import { refusalFailure } from '../replies/refusal.ts';
import type { Status } from '../replies/status.ts';
import type { Channel } from './channel.ts';
import type { CommandLine } from './command-line.ts';

/** A reply that has come to its end. */
export type Reply = { readonly status: Status; readonly body: Buffer; readonly isDoubtful: boolean };

/** What is expected of one simple command. */
export type ReplyOptions = {
  readonly step: FailureStep;
  readonly timeoutMs: number;
  /** Absent for a reply of one line; else the most bytes the body may have. */
  readonly bodyLimitBytes?: number;
};

/** Sends one command and waits for its whole reply, refused or not. Throws Pop3SessionError. */
export async function exchange(channel: Channel, line: CommandLine, options: ReplyOptions): Promise<Reply> {
  return await new Promise((resolve, reject) => {
    channel.send([line], [collect(channel, options, resolve, reject)]);
  });
}

/** The error for a command that was refused. */
export function refusal(channel: Channel, status: Status, step: FailureStep): Pop3Refusal {
  const failure = refusalFailure(status, step);
  const { serverText } = failure;
  const told = serverText === undefined ? {} : { serverText: channel.hideSecrets(serverText) };
  return new Pop3Refusal({ ...failure, ...told, ...channel.endpoint });
}

/** As `exchange`, but throws Pop3Refusal when the answer is -ERR. */
export async function ask(channel: Channel, line: CommandLine, options: ReplyOptions): Promise<Reply> {
  const reply = await exchange(channel, line, options);
  if (!reply.status.isOk) throw refusal(channel, reply.status, options.step);
  return reply;
}

/** An expectation that keeps a whole reply in memory, up to its limit. */
export function collect(
  channel: Channel,
  { step, timeoutMs, bodyLimitBytes }: ReplyOptions,
  resolve: (reply: Reply) => void,
  reject: (error: unknown) => void,
): Expectation {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  let first: Status | undefined;
  return {
    step,
    timeoutMs,
    shape: bodyLimitBytes === undefined ? 'line' : 'lines',
    // A listing or capability cut short must never pass for a whole one.
    announcedBytes: Number.POSITIVE_INFINITY,
    status(status) {
      first = status;
      if (!status.isOk || bodyLimitBytes === undefined)
        resolve({ status, body: Buffer.alloc(0), isDoubtful: false });
    },
    slice(bytes) {
      sizeBytes += bytes.length;
      if (sizeBytes > (bodyLimitBytes ?? 0))
        throw new Pop3SessionError({
          kind: 'too-large',
          limitBytes: bodyLimitBytes ?? 0,
          step,
          canRetry: false,
        });
      pieces.push(bytes);
    },
    end(isDoubtful) {
      if (first !== undefined) resolve({ status: first, body: Buffer.concat(pieces), isDoubtful });
    },
    fail(error) {
      reject(error instanceof Pop3SessionError ? error : (channel.closedBy ?? error));
    },
  };
}
