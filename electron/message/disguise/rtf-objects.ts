import { type BoundedReader, type Finding, mostReadBytes } from './bounded-reader.ts';

const objectWord = /^\\obj(?:data|emb|update|ocx|link|autlink|html)$/;

/**
 * Whether an RTF file holds an object. The words that begin an object cannot be disguised, only its hexadecimal digits
 * can, so these are not read. `none` where the file is no RTF; `unclear` where more follows than may be read.
 */
export async function findInRtf(reader: BoundedReader): Promise<Finding> {
  const start = await reader.piece(0, Math.min(1_024, reader.sizeBytes));
  // Word takes a file for RTF by these four characters, and passes over blanks before them.
  if (start === null || !/^(?:\xef\xbb\xbf)?[\s\0]*\{\\rt/i.test(start.toString('latin1'))) return 'none';
  const lengthBytes = Math.min(reader.sizeBytes, mostReadBytes - start.length);
  const text = (await reader.piece(0, lengthBytes))?.toString('latin1') ?? '';
  for (const [word] of text.matchAll(/\\(?:[a-z]+|[\s\S])/gi)) {
    if (objectWord.test(word)) return 'program';
    // Bytes behind \bin can shift the meaning of a backslash. Then each place that looks like an object counts.
    if (word === '\\bin') return /\\obj(?:data|emb|update|ocx)/.test(text) ? 'program' : endOf(reader, text);
  }
  return endOf(reader, text);
}

function endOf(reader: BoundedReader, text: string): Finding {
  return text.length < reader.sizeBytes ? 'unclear' : 'none';
}
