import { rootCertificates } from 'node:tls';
import { fetchRemoteImage, usualImageTools } from '../message/safety/remote-image.ts';
import type { EngineContext } from './context.ts';

/** A remote picture the person has allowed, trusting the certificates they trust for their mail; null where there is none. */
export async function remotePicture(
  { extraAuthorities }: Pick<EngineContext, 'extraAuthorities'>,
  url: string,
): Promise<Uint8Array | null> {
  const image = await fetchRemoteImage(url, {
    ...usualImageTools,
    ...(extraAuthorities.length === 0
      ? {}
      : { certificateAuthority: [...rootCertificates, ...extraAuthorities] }),
  });
  return image.ok ? image.value.bytes : null;
}
