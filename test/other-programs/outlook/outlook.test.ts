import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';
import { expect, test } from 'vitest';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { folderWith, foundAt } from '../found-at.ts';

const kinds = { folder: 1, stream: 2, root: 5 };

/** A tree of streams: texts become UTF-16, as Outlook writes them. */
type Tree = { readonly [name: string]: string | Buffer | Tree };

/** A compound file with these streams. [MS-CFB] */
function compoundFile(tree: Tree): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: kinds.root, length: 0, children: [] }];
  const add = (parent: number, inner: Tree) => {
    for (const [name, content] of Object.entries(inner)) {
      const index = entries.length;
      entries[parent]?.children?.push(index);
      if (typeof content === 'string' || Buffer.isBuffer(content)) {
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf16le') : content;
        entries.push({
          name,
          type: kinds.stream,
          length: bytes.length,
          binaryProvider: () => Uint8Array.from(bytes),
        });
      } else {
        entries.push({ name, type: kinds.folder, length: 0, children: [] });
        add(index, content);
      }
    }
  };
  add(0, tree);
  return Buffer.from(burn(entries));
}

const note: Tree = {
  '__substg1.0_001A001F': 'IPM.Note',
  '__substg1.0_0037001F': 'Дом и сад',
  '__substg1.0_0C1A001F': 'Vera',
  '__substg1.0_5D01001F': 'vera@example.org',
  '__substg1.0_1000001F': 'Text.\r\nТекст.\r\n',
  '__substg1.0_10130102': Buffer.from('<p>Text</p>'),
  '__recip_version1.0_#00000000': {
    '__substg1.0_3001001F': 'Ann',
    '__substg1.0_39FE001F': 'ann@example.org',
    '__properties_version1.0': Buffer.alloc(8),
  },
  '__attach_version1.0_#00000000': {
    '__substg1.0_3707001F': 'план.txt',
    '__substg1.0_37010102': Buffer.from('a plan'),
    '__properties_version1.0': Buffer.alloc(8),
  },
  '__properties_version1.0': Buffer.alloc(32),
};

test('a .msg file becomes a message with its people, texts and files, the same bytes each time', async () => {
  const folder = folderWith({
    'one.msg': compoundFile(note),
    'two.msg': compoundFile({ ...note, '__substg1.0_001A001F': 'IPM.Appointment' }),
    'three.msg': 'no compound file',
    'four.msg': compoundFile(note).subarray(0, 600),
  });
  const first = await foundAt(folder);
  const again = await foundAt(folder);
  const parsed = await parseMessage(Buffer.from(first.messages[0]?.text ?? ''));
  expect([first.messages.length, first.leftOut.toSorted(), first.messages]).toEqual([
    1,
    ['damaged', 'not-mail', 'other-item'],
    again.messages,
  ]);
  expect(parsed).toMatchObject({
    subject: 'Дом и сад',
    from: [{ name: 'Vera', address: 'vera@example.org' }],
    to: [{ name: 'Ann', address: 'ann@example.org' }],
    attachments: [{ name: 'план.txt', sizeBytes: 6 }],
  });
});

test('a .pst file gives all of its messages in their folders, and one that is cut off is told', async () => {
  const sample = join(
    dirname(createRequire(import.meta.url).resolve('pst-extractor/package.json')),
    'example/testdata/enron.pst',
  );
  const folder = folderWith({ 'cut.pst': '!BDN and nothing more' });
  copyFileSync(sample, join(folder, 'whole.pst'));
  const { messages, leftOut } = await foundAt(join(folder, 'whole.pst'));
  const counts = new Map<string, number>();
  for (const message of messages) counts.set(message.folder, (counts.get(message.folder) ?? 0) + 1);
  const top = ':lokay-m/MLOKAY (Non-Privileged)';
  expect([Object.fromEntries(counts), leftOut, (await foundAt(join(folder, 'cut.pst'))).leftOut]).toEqual([
    {
      [top]: 1,
      [`${top}/TW-Commercial Group`]: 14,
      [`${top}/Systems`]: 7,
      [`${top}/Sent Items`]: 2,
      [`${top}/Personal`]: 47,
    },
    [],
    ['damaged'],
  ]);
});
