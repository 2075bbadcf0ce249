import { createHash } from 'node:crypto';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { summariseHeaders } from '../../electron/message/headers/header-summary.ts';
import { parseMessage } from '../../electron/message/parsing/parse.ts';
import type { EmailAddress } from '../../shared/message.ts';
import { messageGroups } from '../../test/messages/all-messages.ts';
import { comparable, type Expectation, type Outcome } from '../../test/messages/made-message.ts';
import { workload } from './parse-workload.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean' } },
});

function people(value: AddressObject | AddressObject[] | undefined): EmailAddress[] {
  const objects = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return objects
    .flatMap((object) =>
      object.value.flatMap((one) => [one, ...(one.group ?? [])]).filter((one) => !one.group),
    )
    .map((one) => ({ name: one.name, address: one.address ?? '' }));
}

/** What bare mailparser makes of a message, in the terms of the made messages. */
function outcomeOf(mail: ParsedMail): Outcome {
  return {
    subject: mail.subject ?? '',
    from: people(mail.from),
    to: people(mail.to),
    cc: people(mail.cc),
    sentAt: mail.date?.getTime() ?? null,
    dateProblem: null,
    text: mail.text ?? null,
    html: mail.html || null,
    preview: '',
    messageId: mail.messageId?.replace(/^<|>$/g, '') ?? null,
    references: [mail.references ?? []].flat().map((id) => id.replace(/^<|>$/g, '')),
    attachments: mail.attachments.map((file) => ({
      part: '',
      name: file.filename ?? '',
      type: file.contentType,
      sha256: createHash('sha256').update(file.content).digest('hex'),
    })),
    charset: '',
    warnings: [],
    protection: null,
  };
}

/** The part of an expectation that mailparser means to meet: it makes no previews and names no file that has no name. */
function fairlyExpected(expected: Expectation, mail: ParsedMail): Expectation {
  const {
    preview: _p,
    charset: _c,
    warning: _w,
    dateProblem: _d,
    protection: _s,
    text,
    files,
    ...rest
  } = expected;
  const fairFiles = files?.map(({ part: _part, name, ...file }, index) =>
    name === undefined || mail.attachments[index]?.filename === undefined ? file : { ...file, name },
  );
  return {
    ...rest,
    // It makes a text of every HTML; we keep that for the preview.
    ...(text === undefined || (text === null && mail.html) ? {} : { text }),
    ...(fairFiles ? { files: fairFiles } : {}),
  };
}

const same = (pair: { got: object; wanted: object }): boolean => isDeepStrictEqual(pair.got, pair.wanted);

async function reads(bytes: Buffer, expected: Expectation): Promise<{ ours: boolean; theirs: boolean }> {
  const message = await parseMessage(bytes);
  const outcome = {
    ...message,
    text: message.text,
    charset: message.charsets[0]?.used ?? '',
    warnings: message.warnings.map((warning) => warning.code),
  };
  const mail = await simpleParser(bytes).catch(() => null);
  return {
    ours: same(comparable(outcome, expected)),
    theirs: mail !== null && same(comparable(orEmptyText(outcomeOf(mail)), fairlyExpected(expected, mail))),
  };
}

function orEmptyText(outcome: Outcome): Outcome {
  return { ...outcome, text: outcome.text?.trim() || null };
}

async function passCounts(): Promise<
  Record<string, { messages: number; poppy: number; mailparser: number }>
> {
  const counts: Record<string, { messages: number; poppy: number; mailparser: number }> = {};
  for (const [group, messages] of Object.entries(messageGroups)) {
    const count = { messages: messages.length, poppy: 0, mailparser: 0 };
    for (const { bytes, expected } of messages) {
      const result = await reads(bytes, expected);
      if (result.ours) count.poppy++;
      if (result.theirs) count.mailparser++;
    }
    counts[group] = count;
  }
  return counts;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Messages a second over a workload. */
async function rate(messages: readonly Buffer[], read: (bytes: Buffer) => unknown): Promise<number> {
  const start = performance.now();
  for (const bytes of messages) await read(bytes);
  return messages.length / ((performance.now() - start) / 1000);
}

async function measure(): Promise<object> {
  const messages = workload(120, 65_500);
  const rounds: { poppy: number; mailparser: number; mailparserLean: number; summaries: number }[] = [];
  const lean = { skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true, skipHtmlToText: true };
  for (let round = 0; round < Number(values.rounds) + 2; round++) {
    const poppy = await rate(messages, (bytes) => parseMessage(bytes));
    const mailparser = await rate(messages, (bytes) => simpleParser(bytes));
    const mailparserLean = await rate(messages, (bytes) => simpleParser(bytes, lean));
    const summaries = await rate(messages, (bytes) => summariseHeaders(bytes));
    // The first two rounds only warm up.
    if (round >= 2) rounds.push({ poppy, mailparser, mailparserLean, summaries });
  }
  const of = (key: 'poppy' | 'mailparser' | 'mailparserLean' | 'summaries'): number =>
    Math.round(median(rounds.map((round) => round[key])));
  return {
    averageBytes: Math.round(messages.reduce((sum, bytes) => sum + bytes.length, 0) / messages.length),
    messagesPerSecond: {
      poppy: of('poppy'),
      mailparser: of('mailparser'),
      mailparserLean: of('mailparserLean'),
    },
    summariesPerSecond: of('summaries'),
    ratio: Number(median(rounds.map((round) => round.poppy / round.mailparser)).toFixed(2)),
    ratioToLean: Number(median(rounds.map((round) => round.poppy / round.mailparserLean)).toFixed(2)),
  };
}

const counts = await passCounts();
const speed = await measure();
if (values.json) console.log(JSON.stringify({ speed, counts }));
else {
  console.table(counts);
  console.log(speed);
}
