import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { failureText } from '../../renderer/i18n/failures.tsx';
import type { Formats } from '../../renderer/i18n/formats.ts';
import ru from '../../renderer/i18n/ru.json';
import type { TextOf } from '../../renderer/i18n/texts.tsx';
import type { Failure, UnreadableWhy } from '../../shared/failure.ts';

const whys: readonly UnreadableWhy[] = [
  'not-a-picture',
  'not-a-pdf',
  'damaged-pdf',
  'locked-pdf',
  'no-pages',
  'too-long',
  'too-slow',
  'too-complicated',
  'not-mail',
  'no-program',
];

const wordsOf =
  (sentences: Readonly<Record<string, string>>, language: string): TextOf =>
  (key, values) =>
    String(new IntlMessageFormat(sentences[key] ?? '', language).format(values));

const sentence = (failure: Omit<Extract<Failure, { kind: 'unreadable-file' }>, 'kind' | 'canRetry'>) => {
  const { sentence: said, remedy } = failureText(
    { kind: 'unreadable-file', canRetry: false, ...failure },
    wordsOf(ru, 'ru'),
    {} as Formats,
  );
  return `${said} ${remedy}`;
};

test('why a file cannot be read is said in the person’s language, whatever words it came with', () => {
  const said = whys.map((why) => sentence({ what: 'some English words', why }));
  const path = '/tmp/почта.eml';
  expect({
    english: said.filter((each) =>
      /[a-z]{4,}/i.test(each.replace(/PDF|Poppy|Maildir|mbox|some English words/g, '')),
    ),
    told: said.filter((each) => each.includes('some English words')),
    different: new Set(said).size,
    missing: sentence({ what: `ENOENT: no such file or directory, open '${path}'` }),
    refused: sentence({ what: `EACCES: permission denied, open '${path}'` }),
    other: sentence({ what: 'EIO: i/o error, read' }),
  }).toEqual({
    english: [],
    told: [
      'Этот файл — не почта: some English words Poppy принимает файлы .eml, mbox, Maildir и папки с ними.',
    ],
    different: whys.length,
    missing: `Такого файла или папки нет: ${path} ${ru['failure.unreadable-file.remedy']}`,
    refused: `Система не разрешает читать или записывать этот файл: ${path} ${ru['failure.unreadable-file.remedy']}`,
    other: `Файл не читается: EIO: i/o error, read ${ru['failure.unreadable-file.remedy']}`,
  });
});

test('each way of being refused at sign-in has its own sentence and its own remedy', () => {
  const refusals: readonly Failure[] = [
    { kind: 'authentication', step: 'sign-in', canRetry: false },
    { kind: 'authentication', hasOtherReasons: true, step: 'sign-in', canRetry: false },
    { kind: 'authentication', isHangUp: true, step: 'sign-in', canRetry: true },
    { kind: 'pop-disabled', step: 'sign-in', canRetry: false },
    { kind: 'weaker-sign-in', step: 'sign-in', canRetry: false },
    { kind: 'server-refused', step: 'sign-in', canRetry: false },
    { kind: 'server-refused', step: 'delete', canRetry: false },
    { kind: 'server-trouble', step: 'sign-in', canRetry: false },
    { kind: 'server-trouble', step: 'sign-in', canRetry: true },
  ];
  const told = refusals.map((failure) => failureText(failure, wordsOf(ru, 'ru'), {} as Formats));
  expect([
    new Set(told.map((text) => text.sentence)).size,
    new Set(told.map((text) => text.remedy)).size,
    told.filter((text) => text.remedy.includes('Poppy попробует снова')).length,
  ]).toEqual([refusals.length, refusals.length, 1]);
});
