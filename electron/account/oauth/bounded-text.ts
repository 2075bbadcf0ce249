/** Tokens of 16 KB and what stands around them. */
const largestAnswerBytes = 128 * 1024;

/** The text of an answer. Throws where it is larger than any answer of a provider. */
export async function boundedText({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > largestAnswerBytes) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
