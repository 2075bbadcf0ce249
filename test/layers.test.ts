import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom, as CONTRIBUTING.md draws it. A room may import itself, the rooms named beside it, and
 * the packages named beside it; a package that is confined to one room is named only there.
 */
type Rule = { readonly rooms: readonly string[]; readonly packages: readonly (string | RegExp)[] };

const node = /^node:/;
const reactPackages = ['react', 'react-dom', 'react-aria-components', 'react-intl', 'lucide-react'];

const rules: Record<string, Rule> = {
  shared: { rooms: [], packages: ['zod'] },
  'electron/pop3': { rooms: ['shared'], packages: [node, '@mongodb-js/saslprep'] },
  'electron/store': {
    rooms: ['shared'],
    packages: [node, 'libsql', 'tar-stream', '@orama/stemmers', 'opencc-js'],
  },
  'electron/network': { rooms: ['shared'], packages: [node, 'socks', 'proxy-from-env'] },
  'electron/message': {
    rooms: ['shared', 'electron/network'],
    packages: [
      node,
      'mailparser',
      'libmime',
      'jschardet',
      'iconv-lite',
      'html-to-text',
      'parse5',
      '@csstools/css-tokenizer',
      'linkify-it',
      'culori',
      'tldts',
      '@hyzyla/pdfium',
      'eld',
    ],
  },
  'electron/account': {
    rooms: ['shared', 'electron/network', 'build/oauth-clients.json'],
    packages: [node, 'keytar', 'fast-xml-parser', 'tldts', 'zod'],
  },
  'electron/other-programs': {
    rooms: ['shared', 'electron/message'],
    packages: [node, 'fast-xml-parser', 'libmime', '@kenjiuno/msgreader', 'pst-extractor'],
  },
  'electron/sample': { rooms: ['shared'], packages: [node, 'iconv-lite'] },
  'electron/mailbox': {
    rooms: [
      'shared',
      'electron/pop3',
      'electron/store',
      'electron/message',
      'electron/account',
      'electron/network',
      'electron/other-programs',
    ],
    packages: [node, 'tar-stream'],
  },
  'electron/reading': {
    rooms: ['shared', 'electron/store', 'electron/message'],
    packages: [node],
  },
  'electron/engine': {
    rooms: [
      'shared',
      'electron/mailbox',
      'electron/other-programs',
      'electron/reading',
      'electron/pop3',
      'electron/store',
      'electron/message',
      'electron/account',
      'electron/network',
      'electron/sample',
    ],
    packages: [node],
  },
  'electron/cli': {
    rooms: [
      'shared',
      'electron/engine',
      'electron/mailbox',
      'electron/other-programs',
      'electron/pop3',
      'electron/store',
      'electron/message',
      'electron/account',
    ],
    packages: [node],
  },
  // The shell sees nothing of the engine but its message protocol.
  'electron/shell': {
    rooms: ['shared', 'electron/engine/protocol.ts'],
    packages: [node, 'electron', 'intl-messageformat'],
  },
  'electron/main.ts': { rooms: ['shared', 'electron/shell'], packages: [node, 'electron'] },
  'electron/preload.ts': { rooms: ['shared', 'electron/page-end.ts'], packages: ['electron'] },
  'electron/page-end.ts': { rooms: ['shared'], packages: [] },
  'renderer/ui': { rooms: [], packages: [...reactPackages, '@tanstack/react-virtual'] },
  'renderer/i18n': { rooms: ['shared'], packages: ['react', 'react-intl', 'lucide-react'] },
  'renderer/bridge': { rooms: ['shared'], packages: ['react'] },
};
for (const room of ['mailbox', 'reading', 'server-view', 'account', 'settings', 'search', 'moving-in'])
  rules[`renderer/${room}`] = {
    rooms: ['shared', 'renderer/bridge', 'renderer/ui', 'renderer/i18n'],
    packages: reactPackages,
  };
rules['renderer/app'] = {
  rooms: [
    'shared',
    'renderer/bridge',
    'renderer/ui',
    'renderer/i18n',
    'renderer/mailbox',
    'renderer/reading',
    'renderer/server-view',
    'renderer/account',
    'renderer/settings',
    'renderer/search',
    'renderer/moving-in',
  ],
  packages: [...reactPackages, /^@fontsource/],
};

/**
 * Which sub-rooms may import which. A sub-room may import itself and the sub-rooms named beside it; `top` are the files
 * that lie in no sub-room.
 */
const subRooms: Record<string, Record<string, readonly string[]>> = {
  'electron/mailbox': {
    maildrop: [],
    moving: ['maildrop'],
    replying: [],
    rules: [],
    leaving: ['maildrop'],
    checking: ['leaving', 'maildrop', 'rules'],
    'server-view': ['checking', 'leaving', 'maildrop'],
    accounts: ['maildrop', 'moving'],
  },
  'electron/other-programs': {
    'found-mail': [],
    files: ['found-mail'],
    takeout: ['files', 'found-mail'],
    maildir: ['files', 'found-mail'],
    sylpheed: ['files', 'found-mail'],
    mbox: ['files', 'takeout', 'found-mail'],
    'apple-mail': ['files', 'mbox', 'found-mail'],
    outlook: ['files', 'found-mail'],
    eml: ['files', 'maildir', 'mbox', 'outlook', 'found-mail'],
    thunderbird: ['files', 'maildir', 'mbox', 'found-mail'],
    top: [
      'apple-mail',
      'eml',
      'files',
      'maildir',
      'mbox',
      'outlook',
      'sylpheed',
      'thunderbird',
      'found-mail',
    ],
  },
  'electron/store': {
    segments: [],
    journal: [],
    index: ['journal', 'segments'],
    ledger: ['index', 'segments'],
    search: ['index'],
    intake: ['index', 'ledger', 'search', 'segments'],
    lists: ['index', 'journal', 'ledger', 'search', 'segments'],
    upkeep: ['index', 'intake', 'journal', 'ledger', 'segments'],
    top: ['index', 'intake', 'ledger', 'lists', 'search', 'segments', 'upkeep'],
  },
  'electron/pop3': {
    wire: [],
    replies: ['wire'],
    connection: ['replies', 'wire'],
    authentication: ['connection', 'replies', 'wire'],
    maildrop: ['connection', 'replies', 'wire'],
    top: ['authentication', 'connection', 'maildrop', 'replies', 'wire'],
  },
  'electron/message': {
    bytes: [],
    disguise: [],
    safety: [],
    text: [],
    charset: ['bytes'],
    encoding: ['bytes'],
    headers: ['bytes', 'charset'],
    calendar: ['safety'],
    structure: ['bytes', 'encoding', 'headers'],
    attachments: ['bytes', 'charset', 'encoding', 'headers', 'safety', 'structure', 'text'],
    body: ['attachments', 'bytes', 'charset', 'encoding', 'headers', 'structure', 'text'],
    parsing: [
      'attachments',
      'body',
      'bytes',
      'calendar',
      'charset',
      'headers',
      'safety',
      'structure',
      'text',
    ],
  },
};

const top = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function sourceFiles(folder: string): string[] {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)));
}

function roomOf(file: string): string | undefined {
  return Object.keys(rules)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The sub-room that a file of a room lies in; `top` for a file that lies in none. */
function subRoomOf(file: string, room: string): string {
  const [first = '', ...rest] = file.slice(room.length + 1).split('/');
  return rest.length === 0 ? 'top' : first;
}

/** Whether a file may import another of its own room. */
function isAllowedInside(file: string, target: string, room: string): boolean {
  const allowed = subRooms[room];
  if (allowed === undefined) return true;
  const [from, to] = [subRoomOf(file, room), subRoomOf(target, room)];
  return from in allowed && (from === to || allowed[from]?.includes(to) === true);
}

const specifierPattern =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\bexport\s+\*\s+from\s*|\brequire\(\s*|\bnew URL\(\s*)(['"`])([^'"`\n]+)\1/g;
const dynamicPattern = /\bimport\s*\(\s*(?!['"])|\brequire\s*\(\s*(?!['"])/;

/** Every broken rule of one file, as sentences. */
function breaches(file: string, text: string): string[] {
  const room = roomOf(file);
  if (room === undefined) return [`${file} is in no room`];
  const rule = rules[room];
  if (rule === undefined) return [`${room} has no rule`];
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  const found: string[] = [];
  if (dynamicPattern.test(code)) found.push(`${file} has an import whose target cannot be read`);
  for (const match of code.matchAll(specifierPattern)) {
    const specifier = match[2] ?? '';
    if (specifier.startsWith('.')) {
      const target = relative(top, resolve(top, dirname(file), specifier));
      if (target === room || target.startsWith(`${room}/`)) {
        if (!isAllowedInside(file, target, room)) found.push(`${file} may not import ${target}`);
        continue;
      }
      if (!rule.rooms.some((allowed) => target === allowed || target.startsWith(`${allowed}/`)))
        found.push(`${file} may not import ${target}`);
    } else if (/^[a-z@]/.test(specifier) && !specifier.includes('://')) {
      const name = node.test(specifier)
        ? specifier
        : specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/');
      if (
        !rule.packages.some((allowed) =>
          typeof allowed === 'string' ? allowed === name : allowed.test(name),
        )
      )
        found.push(`${file} may not import the package ${name}`);
    }
  }
  return found;
}

describe('layers', () => {
  test('every import goes the one allowed way', () => {
    const files = [...sourceFiles('electron'), ...sourceFiles('renderer'), ...sourceFiles('shared')];
    expect(files.flatMap((file) => breaches(file, readFileSync(join(top, file), 'utf8')))).toEqual([]);
  });

  test('only the room of the index writes rows of messages, and the room of segments knows no SQL', () => {
    const writes =
      /\b(?:insert (?:or \w+ )?into|update|delete from|replace into)\s+(?:main\.)?message\b(?!_)/i;
    const speaksSql = /\bselect\b[^.]*\bfrom\b|\bsql\b/i;
    const code = (file: string) => readFileSync(join(top, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    const found = sourceFiles('electron').filter((file) =>
      file.startsWith('electron/store/segments/')
        ? speaksSql.test(code(file))
        : !file.startsWith('electron/store/index/') && writes.test(code(file)),
    );
    expect([found, writes.test(code('electron/store/index/message-table.ts'))]).toEqual([[], true]);
  });

  test('messages leave a server by one file', () => {
    const sendsDele = /\bsession\.delete\(|\bDELE \$/;
    const found = sourceFiles('electron').filter((file) =>
      sendsDele.test(readFileSync(join(top, file), 'utf8')),
    );
    expect(found).toEqual([
      'electron/mailbox/leaving/delete-on-server.ts',
      // The command itself.
      'electron/pop3/maildrop/deletion.ts',
    ]);
  });

  test('a wrong import of each sort is found', () => {
    const wrong: [string, string][] = [
      ['shared/a.ts', "import { readFile } from 'node:fs';"],
      ['electron/pop3/a.ts', "import { b } from '../store/b.ts';"],
      ['electron/store/a.ts', "const { app } = await import('electron');"],
      ['electron/shell/a.ts', "import { c } from '../engine/c.ts';"],
      ['electron/engine/a.ts', "import { app } from 'electron';"],
      ['electron/preload.ts', "import { readFile } from 'node:fs';"],
      ['electron/mailbox/a.ts', 'const name = "x"; await import(name);'],
      ['renderer/mailbox/a.tsx', "import { b } from '../reading/b.tsx';"],
      ['renderer/ui/a.tsx', "import type { Account } from '../../shared/account.ts';"],
      ['renderer/app/a.tsx', "import { ipcRenderer } from 'electron';"],
      ['electron/message/charset/a.ts', "import { b } from '../headers/b.ts';"],
      ['electron/pop3/replies/a.ts', "import { b } from '../connection/b.ts';"],
      ['electron/pop3/maildrop/a.ts', "import { b } from '../session.ts';"],
      ['electron/message/a.ts', "import { b } from './bytes/b.ts';"],
      ['electron/store/segments/a.ts', "import type { Sql } from '../index/sql.ts';"],
      ['electron/store/search/a.ts', "import { b } from '../lists/b.ts';"],
      ['electron/stray/a.ts', ''],
    ];
    expect(wrong.filter(([file, text]) => breaches(file, text).length !== 1)).toEqual([]);
  });
});
