import type { CharsetContext } from '../charset/charset-context.ts';
import { canonicalCharset } from '../charset/charset-names.ts';
import { headerContext } from '../headers/header-summary.ts';
import { plainParameter } from '../headers/parameters.ts';
import { decodedBytes } from '../structure/decoded-bytes.ts';
import { type Part, partsOf } from '../structure/part.ts';
import type { ParseOptions } from './parsed-message.ts';

/** A stretch of text by the same sender for the detector: the first text part that has bytes beyond ASCII. */
function textEvidence(root: Part): Buffer {
  for (const part of partsOf(root, false)) {
    if (!part.type.startsWith('text/') || part.children.length > 0) continue;
    const bytes = decodedBytes({ ...part, end: Math.min(part.end, part.start + 16_000) }, 8000);
    if (bytes.some((byte) => byte >= 0x80)) return bytes;
  }
  return Buffer.alloc(0);
}

/** What the whole message tells about the charset of any of its bytes. */
export function messageContext(root: Part, options: ParseOptions): CharsetContext {
  const fromHeaders = headerContext(root.fields, {
    override: options.charset ?? null,
    ...(options.fallbackCharset === undefined ? {} : { fallback: options.fallbackCharset }),
  });
  const others = new Set<string>();
  for (const part of partsOf(root, false)) {
    const label = plainParameter(part.contentType, 'charset');
    const charset = label === null ? null : canonicalCharset(label);
    if (charset !== null && charset !== 'utf-8' && charset !== 'us-ascii') others.add(charset);
  }
  let evidence: Buffer | null = null;
  return {
    ...fromHeaders,
    others: [...new Set([...others, ...fromHeaders.others])].slice(0, 5),
    evidence: () => {
      evidence ??= Buffer.concat([fromHeaders.evidence(), Buffer.from(' '), textEvidence(root)]);
      return evidence;
    },
  };
}
