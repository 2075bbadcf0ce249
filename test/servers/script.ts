/** One step of a scripted server. */
export type Step =
  | { readonly kind: 'hear'; readonly line: string }
  | { readonly kind: 'hear-close' }
  | { readonly kind: 'say'; readonly bytes: Buffer }
  | { readonly kind: 'close' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'start-tls' }
  | { readonly kind: 'wait'; readonly name: string };

/**
 * Reads a script: `C:` lines are expected, `S:` lines are sent. In an `S:` line `|` is CRLF and one CRLF is added at
 * the end; `S!:` adds none. `\r \n \t \\ \| \xHH` stand for bytes. `C: <close>`, `S: <close>`, `S: <reset>`,
 * `S: <tls>`, `S: <wait NAME>` do what they say; a line of dashes begins the script of the next connection.
 * `C: <any>` takes any line. Values put in are sent as they are, strings as UTF-8.
 */
export function parseScript(
  strings: TemplateStringsArray,
  values: readonly (string | number | Buffer)[],
): Step[][] {
  const marked = strings.raw
    .map((text, index) => (index < values.length ? `${text}\ue000${index}\ue001` : text))
    .join('');
  const connections: Step[][] = [[]];
  for (const line of marked.split('\n').map((text) => text.trim())) {
    if (/^-{3,}$/.test(line)) connections.push([]);
    else if (line !== '') connections.at(-1)?.push(parseStep(line, values));
  }
  return connections;
}

function parseStep(line: string, values: readonly (string | number | Buffer)[]): Step {
  const match = /^(C|S!?): ?(.*)$/.exec(line);
  if (match === null) throw new Error(`not a line of a script: ${line}`);
  const [, who, text = ''] = match;
  if (who === 'C')
    return text === '<close>'
      ? { kind: 'hear-close' }
      : { kind: 'hear', line: fill(text, values).toString('utf8') };
  if (text === '<close>') return { kind: 'close' };
  if (text === '<reset>') return { kind: 'reset' };
  if (text === '<tls>') return { kind: 'start-tls' };
  const wait = /^<wait (.+)>$/.exec(text);
  if (wait?.[1] !== undefined) return { kind: 'wait', name: wait[1] };
  return { kind: 'say', bytes: fill(who === 'S' ? `${text}|` : text, values) };
}

const escapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '\\': '\\', '|': '|' };

function fill(text: string, values: readonly (string | number | Buffer)[]): Buffer {
  const pieces = text.split(/(\ue000\d+\ue001|\\x[0-9a-fA-F]{2}|\\.|\|)/);
  return Buffer.concat(
    pieces.map((piece) => {
      const value = /^\ue000(\d+)\ue001$/.exec(piece);
      if (value !== null) return toBytes(values[Number(value[1])] ?? '');
      if (piece === '|') return Buffer.from('\r\n');
      if (piece.startsWith('\\x')) return Buffer.from(piece.slice(2), 'hex');
      if (piece.startsWith('\\')) return Buffer.from(escapes[piece.slice(1)] ?? piece);
      return Buffer.from(piece);
    }),
  );
}

function toBytes(value: string | number | Buffer): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
}
